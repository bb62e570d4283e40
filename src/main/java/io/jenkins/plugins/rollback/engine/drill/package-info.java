/** Rehearsals against systems the drill starts itself. */
package io.jenkins.plugins.rollback.engine.drill;
