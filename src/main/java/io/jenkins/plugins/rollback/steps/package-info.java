/** Pipeline steps: each translates between Pipeline and the engine and decides nothing itself. */
package io.jenkins.plugins.rollback.steps;
