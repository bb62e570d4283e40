/** What the tests on the Jenkins Test Harness share. Compiled in the Jenkins build alone. */
package io.jenkins.plugins.rollback.harness;
