/**
 * Holds {@code central/jenkins-api} to the real Jenkins: makes the compile-only signatures from what the plugin's
 * sources use, and compares them with the real classes. Nothing here is packaged.
 */
package io.jenkins.plugins.rollback.api;
