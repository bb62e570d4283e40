/** What going back means for the services around: the graph, what goes back together, waves, feasibility. */
package io.jenkins.plugins.rollback.engine.plan;
