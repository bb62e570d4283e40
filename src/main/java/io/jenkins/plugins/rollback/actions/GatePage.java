package io.jenkins.plugins.rollback.actions;

import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.UnavailableException;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.gate.Metric;
import io.jenkins.plugins.rollback.engine.gate.SamplesCsv;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.steps.RunningGates;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * One gate: its charts, what people did and may do to it, and its samples and analysis as files that {@code ./rollback
 * judge} replays.
 */
public final class GatePage implements ModelObject {

    private static final Logger LOGGER = Logger.getLogger(GatePage.class.getName());

    private final GateAction action;
    private final Run<?, ?> run;

    GatePage(GateAction action, Run<?, ?> run) {
        this.action = action;
        this.run = run;
    }

    @Override
    public String getDisplayName() {
        return Messages.GatePage_displayName(action.getService(), action.getEnvironment());
    }

    public GateAction getAction() {
        return action;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** Its charts, one a metric; none before the first look, or when the build's files are gone. */
    public List<GateChart> getCharts() {
        List<GateChart> charts = new ArrayList<>();
        try {
            Gate gate = read();
            for (Metric metric :
                    gate == null ? List.<Metric>of() : gate.analysis().metrics()) {
                charts.add(new GateChart(gate, metric));
            }
        } catch (IOException | UnavailableException e) {
            LOGGER.log(Level.WARNING, e, () -> "Gate " + action.getGate() + " cannot be drawn");
        }
        return charts;
    }

    private Gate read() throws IOException {
        return GateFile.read(run, action.getGate()).orElse(null);
    }

    /** What people did to it; no lines when nobody did. */
    public TimelineView getHands() {
        List<Entry> entries = new ArrayList<>();
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null) {
            return TimelineView.of(entries, null);
        }
        Ledger ledger = engine.ledger();
        for (long index : action.hands()) {
            try {
                entries.add(ledger.entry(index));
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "Entry " + index + " cannot be read any more");
            }
        }
        return TimelineView.of(entries, ledger.people());
    }

    /** Whether it runs on this controller now. */
    public boolean isRunning() {
        return RunningGates.find(action.getGate()).isPresent();
    }

    /** Whether the viewer may end it early or give it more looks. */
    public boolean isSteerable() {
        return isRunning() && run.hasPermission(GateHands.STEER);
    }

    /** Whether the viewer may say PASS or FAIL in its place. */
    public boolean isOverridable() {
        return isRunning() && run.hasPermission(GateHands.OVERRIDE);
    }

    /**
     * Ends it with the verdict of its last look.
     *
     * @param reason free text, required
     */
    @RequirePOST
    public HttpResponse doStop(@QueryParameter String reason) throws IOException, InterruptedException {
        return take(GateHands.STEER, gate -> GateHand.stop(), reason);
    }

    /**
     * Gives it more looks.
     *
     * @param number how many
     * @param unit {@code looks} or {@code minutes}
     * @param reason free text, required
     */
    @RequirePOST
    public HttpResponse doExtend(
            @QueryParameter long number, @QueryParameter String unit, @QueryParameter String reason)
            throws IOException, InterruptedException {
        return take(
                GateHands.STEER,
                gate -> "minutes".equals(unit)
                        ? GateHand.extend(Duration.ofMinutes(number), gate.interval())
                        : GateHand.extend(number),
                reason);
    }

    /**
     * Says PASS or FAIL in its place.
     *
     * @param verdict one of them
     * @param reason free text, required
     */
    @RequirePOST
    public HttpResponse doOverride(@QueryParameter String verdict, @QueryParameter String reason)
            throws IOException, InterruptedException {
        return take(GateHands.OVERRIDE, gate -> GateHand.override(verdict), reason);
    }

    private HttpResponse take(Permission needed, GateHands.Wish wish, String reason)
            throws IOException, InterruptedException {
        try {
            GateHands.take(run, action.getGate(), needed, wish, reason);
        } catch (IllegalArgumentException e) {
            return Refusal.badRequest(e.getMessage());
        } catch (ConditionFailedException | UnavailableException e) {
            return Refusal.conflict(e.getMessage());
        }
        return HttpResponses.redirectTo(".");
    }

    /** Its samples, with its history, for {@code ./rollback judge}. */
    public HttpResponse doSamples() throws IOException {
        Gate gate = readForDownload();
        return gate == null ? HttpResponses.notFound() : file(".csv", "text/csv;charset=UTF-8", SamplesCsv.of(gate));
    }

    /** The analysis file as it was used. */
    public HttpResponse doAnalysis() throws IOException {
        Gate gate = readForDownload();
        return gate == null
                ? HttpResponses.notFound()
                : file(".yaml", "text/plain;charset=UTF-8", gate.analysis().text());
    }

    private Gate readForDownload() throws IOException {
        run.checkPermission(RollbackPermissions.VIEW);
        return read();
    }

    private HttpResponse file(String ending, String type, String text) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                response.setContentType(type);
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setHeader("Content-Disposition", "attachment; filename=\"" + action.getGate() + ending + "\"");
                response.getWriter().write(text);
            }
        };
    }
}
