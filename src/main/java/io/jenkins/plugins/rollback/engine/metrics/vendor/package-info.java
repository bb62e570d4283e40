/**
 * Metric servers of other makers. Each answers series of points over a time span ({@code SeriesApi}); what a look and the
 * history of a gate make of them is the same for all ({@code SeriesSource}).
 */
package io.jenkins.plugins.rollback.engine.metrics.vendor;
