/** Black-box tests of the hpi in a real Jenkins: over HTTP and in a browser, with no class of the plugin in reach. */
package io.jenkins.plugins.rollback.acceptance;
