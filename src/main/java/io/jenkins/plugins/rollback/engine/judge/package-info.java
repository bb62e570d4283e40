/** Statistics: is the canary worse? */
package io.jenkins.plugins.rollback.engine.judge;
