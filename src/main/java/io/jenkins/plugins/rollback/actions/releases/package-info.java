/** The releases that are retained: a page for a job and for all of the controller, pins, and commands. */
package io.jenkins.plugins.rollback.actions.releases;
