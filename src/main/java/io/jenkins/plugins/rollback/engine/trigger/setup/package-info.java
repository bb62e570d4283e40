/** What to enter on each sender's side, and an alert of each to try an endpoint out with. */
package io.jenkins.plugins.rollback.engine.trigger.setup;
