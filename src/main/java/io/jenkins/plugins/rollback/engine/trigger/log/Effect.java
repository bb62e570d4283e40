package io.jenkins.plugins.rollback.engine.trigger.log;

/**
 * What one alert of a delivery led to.
 *
 * @param about service and environment, as people write them
 * @param state {@code firing} or {@code resolved}
 * @param outcome {@code propose}, {@code start}, {@code none} or {@code ignored}
 * @param why one line, or {@code null} where the outcome says it all
 * @param rollback id of the rollback that it announced, or {@code null}
 * @param entry number of its entry in the ledger; -1 for none
 */
public record Effect(String about, String state, String outcome, String why, String rollback, long entry) {}
