package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the gates of a rollback said together: the worst of them.
 *
 * @param verdict the worst verdict
 * @param summary the summary of the gate that gave it
 */
record Verification(Verdict verdict, String summary) {

    /** From best to worst; what is not known to be healthy is worse than what was measured and showed nothing. */
    private static final List<Verdict> ORDER =
            List.of(Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.NO_DATA, Verdict.ERROR, Verdict.FAIL);

    /** Empty when the rollback had no gate. */
    static Optional<Verification> of(Catalog catalog, String rollback) {
        return catalog.timeline(rollback).stream()
                .filter(entry -> entry.kind() == EventKind.GATE_VERDICT)
                .filter(entry -> rollback.equals(entry.text("rollback")))
                .flatMap(entry -> read(entry).stream())
                .max(Comparator.comparingInt(found -> ORDER.indexOf(found.verdict())));
    }

    private static Optional<Verification> read(Entry entry) {
        return ORDER.stream()
                .filter(verdict -> verdict.name().equals(entry.text("verdict")))
                .map(verdict -> new Verification(verdict, entry.text("summary")))
                .findFirst();
    }
}
