/** What the product talks about: releases, deployments, rollbacks, actors and their ids. No behaviour, no I/O. */
package io.jenkins.plugins.rollback.engine.model;
