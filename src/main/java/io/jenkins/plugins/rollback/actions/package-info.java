/** What hangs on a build, job or folder, with its views. They read projections; none of them loads builds. */
package io.jenkins.plugins.rollback.actions;
