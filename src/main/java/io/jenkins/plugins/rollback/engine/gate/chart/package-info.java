/** How a gate went, as pictures and as the tables that say the same. Nothing here judges. */
package io.jenkins.plugins.rollback.engine.gate.chart;
