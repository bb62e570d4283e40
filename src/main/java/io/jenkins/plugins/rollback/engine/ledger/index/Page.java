package io.jenkins.plugins.rollback.engine.ledger.index;

import java.util.List;

/**
 * A page of what was found.
 *
 * @param entries indexes of entries, newest first
 * @param next what to search before for the next page, or -1 when this is the last
 */
public record Page(List<Long> entries, long next) {}
