/** Metric servers: asking them, and telling no data from an error. */
package io.jenkins.plugins.rollback.engine.metrics;
