package io.jenkins.plugins.rollback.steps;

import io.jenkins.plugins.rollback.engine.drill.DrillReport;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code rollbackDrill} returns to a Pipeline. */
public final class DrillResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String scenario;
    private final long seed;
    private final double seconds;
    private final String verdict;
    private final String rollback;
    private final String verification;
    private final boolean ledgerOk;

    DrillResult(DrillReport report) {
        scenario = report.options().scenario().id();
        seed = report.options().seed();
        seconds = report.seconds();
        verdict = report.gate().verdict().name();
        rollback = report.rollback().name();
        verification =
                report.verification() == null ? null : report.verification().name();
        ledgerOk = report.ledger().ok();
    }

    @Whitelisted
    public String getScenario() {
        return scenario;
    }

    @Whitelisted
    public long getSeed() {
        return seed;
    }

    @Whitelisted
    public double getSeconds() {
        return seconds;
    }

    /** What the gate said about version 2: PASS, FAIL, INCONCLUSIVE, NO_DATA or ERROR. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    /** DONE, FAILED or NONE. */
    @Whitelisted
    public String getRollback() {
        return rollback;
    }

    /** What the gate after going back said, or {@code null} when nothing went back. */
    @Whitelisted
    public String getVerification() {
        return verification;
    }

    /** Whether the drill's ledger verified. */
    @Whitelisted
    public boolean isLedgerOk() {
        return ledgerOk;
    }
}
