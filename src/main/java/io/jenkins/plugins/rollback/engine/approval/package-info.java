/** Who must say yes. */
package io.jenkins.plugins.rollback.engine.approval;
