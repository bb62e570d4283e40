/** What a plan can do. */
package io.jenkins.plugins.rollback.engine.action;
