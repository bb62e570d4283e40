/** What administrators decide: configuration, permissions, claims; and where the engine is wired to this Jenkins. */
package io.jenkins.plugins.rollback.config;
