package io.jenkins.plugins.rollback.engine.trigger.format;

import io.jenkins.plugins.rollback.engine.trigger.Alert;
import java.util.List;

/**
 * What a body says.
 *
 * @param alerts in the sender's order; empty when it is about something that starts and ends no incident
 * @param skipped one line for each alert that could not be read while others could
 */
public record Reading(List<Alert> alerts, List<String> skipped) {}
