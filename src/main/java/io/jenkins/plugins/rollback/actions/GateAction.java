package io.jenkins.plugins.rollback.actions;

import hudson.model.Run;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.gate.Outcome;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A gate on its build: verdict, reason, a table of metrics, and which ledger entries say so. */
@ExportedBean(defaultVisibility = 2)
public final class GateAction extends RunSummary implements StaplerProxy {

    /** Part of the URL of a gate's page below its build's, before the gate's id. */
    public static final String URL = "rollback-gate-";

    private final String gate;
    private String service;
    private String environment;
    private String version;
    private boolean verification;
    private String analysis;
    private String hash;
    private String comparedWith;
    private String verdict;
    private String soFar;
    private String outcome;
    private String summary;
    private String stopped;
    private int look;
    private int looks;
    private String checkpoint;
    private List<GateMetric> metrics = new ArrayList<>();
    private final List<Long> entries = new ArrayList<>();
    private final List<Long> hands = new ArrayList<>();

    private GateAction(String gate) {
        this.gate = gate;
    }

    /** The action of a gate on a build, made when it is not there yet. The caller saves the build. */
    public static GateAction of(Run<?, ?> run, String gate) {
        synchronized (run) {
            for (GateAction action : run.getActions(GateAction.class)) {
                if (action.gate.equals(gate)) {
                    return action;
                }
            }
            GateAction made = new GateAction(gate);
            run.addAction(made);
            return made;
        }
    }

    /** The gate began. */
    public synchronized void started(
            Gate started, Target target, String ofVersion, boolean isVerification, long entry) {
        service = target.service();
        environment = target.environment();
        version = ofVersion;
        verification = isVerification;
        analysis = started.analysis().fileName();
        hash = started.analysis().hash();
        comparedWith = started.comparedWith();
        soFar = started.status().soFar().name();
        looks = started.status().looks();
        entries.add(entry);
    }

    /** A look was taken. */
    public synchronized void looked(GateStatus status, long entry) {
        show(status);
        entries.add(entry);
    }

    /** A person did something to it. */
    public synchronized void handed(GateStatus status, long entry) {
        show(status);
        entries.add(entry);
        hands.add(entry);
    }

    /** The gate ended with a verdict. */
    public synchronized void ended(GateStatus status, Outcome leadsTo, long entry, String note) {
        show(status);
        verdict = status.decided().name();
        outcome = leadsTo.word();
        checkpoint = note;
        if (!entries.contains(entry)) {
            entries.add(entry);
        }
    }

    /** The gate was stopped before its verdict. */
    public synchronized void stopped(String why) {
        stopped = why;
    }

    private void show(GateStatus status) {
        look = status.look();
        looks = status.looks();
        soFar = status.soFar().name();
        summary = status.summary();
        List<GateMetric> now = new ArrayList<>();
        for (MetricVerdict metric : status.metrics()) {
            now.add(new GateMetric(metric));
        }
        metrics = now;
    }

    @Exported
    public String getGate() {
        return isVisible() ? gate : null;
    }

    @Exported
    public String getService() {
        return isVisible() ? service : null;
    }

    @Exported
    public String getEnvironment() {
        return isVisible() ? environment : null;
    }

    /** The version that was judged, or {@code null} when it is not known. */
    @Exported
    public String getVersion() {
        return isVisible() ? version : null;
    }

    /** Whether one track was compared with the recorded baseline. */
    @Exported
    public boolean isVerification() {
        return isVisible() && verification;
    }

    /** Path of the analysis file. */
    @Exported
    public String getAnalysis() {
        return isVisible() ? analysis : null;
    }

    /** SHA-256 of the analysis file. */
    @Exported
    public String getHash() {
        return isVisible() ? hash : null;
    }

    /** Which baseline it was compared with, {@code null} for gates that did not say. */
    @Exported
    public String getComparedWith() {
        return isVisible() ? comparedWith : null;
    }

    /** PASS, FAIL, INCONCLUSIVE, NO_DATA or ERROR; {@code null} while the gate runs and when it was stopped. */
    @Exported
    public synchronized String getVerdict() {
        return isVisible() ? verdict : null;
    }

    /** What it would be if it ended now. */
    @Exported
    public synchronized String getSoFar() {
        return isVisible() ? soFar : null;
    }

    /** What the verdict led to: promote, hold or fail. */
    @Exported
    public synchronized String getOutcome() {
        return isVisible() ? outcome : null;
    }

    /** One sentence: why. */
    @Exported
    public synchronized String getSummary() {
        return isVisible() ? summary : null;
    }

    /** Who or what stopped it before its verdict, or {@code null}. */
    @Exported
    public synchronized String getStopped() {
        return isVisible() ? stopped : null;
    }

    @Exported
    public synchronized int getLook() {
        return isVisible() ? look : 0;
    }

    @Exported
    public synchronized int getLooks() {
        return isVisible() ? looks : 0;
    }

    @Exported
    public synchronized List<GateMetric> getMetrics() {
        return isVisible() ? new ArrayList<>(metrics) : new ArrayList<>();
    }

    /** Indexes of its entries in the ledger. */
    @Exported
    public synchronized List<Long> getEntries() {
        return isVisible() ? new ArrayList<>(entries) : new ArrayList<>();
    }

    /** The ledger's signed checkpoint when the verdict was recorded, as a C2SP note. */
    @Exported
    public synchronized String getCheckpoint() {
        return isVisible() ? checkpoint : null;
    }

    @Override
    public String getUrlName() {
        return URL + gate;
    }

    /** Nobody reaches anything below its URL without Rollback/View. */
    @Override
    public Object getTarget() {
        run().checkPermission(RollbackPermissions.VIEW);
        return getPage();
    }

    /** Its picture, what people may do to it, and what can be downloaded. */
    public GatePage getPage() {
        return new GatePage(this, run());
    }

    /** Indexes of the entries about what people did to it. */
    synchronized List<Long> hands() {
        return new ArrayList<>(hands);
    }

    /** Entries of this build, for whoever compares builds with the ledger. */
    public synchronized List<Long> entries() {
        return new ArrayList<>(entries);
    }

    /** The entry of its verdict, or {@code null}; for whoever ends it again after a crash. */
    public synchronized Long verdictEntry() {
        return verdict == null ? null : entries.get(entries.size() - 1);
    }

    /** For the badge. */
    public synchronized String getTone() {
        return verdict == null ? "plain" : tone(verdict);
    }

    /** First and last entry for people: {@code 17–25}. */
    public synchronized String getEntryRange() {
        if (!isVisible() || entries.isEmpty()) {
            return "";
        }
        long first = entries.get(0);
        long last = entries.get(entries.size() - 1);
        return first == last ? String.valueOf(first) : first + "–" + last;
    }

    static String tone(String verdict) {
        if (Verdict.PASS.name().equals(verdict)) {
            return "good";
        }
        return Verdict.FAIL.name().equals(verdict) || Verdict.ERROR.name().equals(verdict) ? "bad" : "ask";
    }
}
