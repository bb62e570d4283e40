package io.jenkins.plugins.rollback.engine.gate;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A judge polled over time. It has no thread and no timer: whoever holds it calls {@link #look()} when
 * {@link GateStatus#nextLook()} has come, and keeps {@link #save()} somewhere that survives a crash, so that
 * {@link #load} goes on with every sample as if nothing had happened.
 *
 * <p>The first call, due at once, is no look yet: it reads the history and lets sources without memory take their first
 * scrape. Look 1 follows one interval after the start. Looks that were slept through (a restart) are not made up for;
 * what is missing is missing. Not thread safe.
 */
public final class Gate {

    private static final int FORMAT = 1;

    /** The one thing here that is left to chance; it moves a second question by less than a second. */
    private static final Asker.Sleeper PAUSE = Asker.Sleeper.jittered(new Random(), Thread::sleep);

    private final Analysis analysis;
    private final Clock clock;
    private final GateLook asking;
    private final RecordedBaseline recorded;
    private final String track;
    private final List<MetricState> metrics = new ArrayList<>();
    private Instant startedAt;
    private boolean prepared;
    private int look;
    private int allowed;
    private long lastSlot;
    private boolean overridden;
    private final GateTrail trail = new GateTrail();
    private GateStatus status;

    private Gate(
            Analysis analysis,
            RecordedBaseline recorded,
            String track,
            MetricSources sources,
            Clock clock,
            Asker.Sleeper sleeper) {
        this.analysis = analysis;
        this.recorded = recorded;
        this.track = track;
        this.clock = clock;
        asking = new GateLook(analysis, new Asker(sources, analysis.interval(), sleeper), recorded, track);
        analysis.metrics()
                .forEach(metric -> metrics.add(new MetricState(
                        metric, analysis.rule(metric), analysis.judge().asksBaseline(metric))));
        allowed = analysis.looks();
    }

    /** Starts a gate that compares the canary track with the baseline track. */
    public static Gate start(Analysis analysis, MetricSources sources, Clock clock) {
        return start(analysis, sources, clock, PAUSE);
    }

    static Gate start(Analysis analysis, MetricSources sources, Clock clock, Asker.Sleeper sleeper) {
        return new Gate(analysis, null, MetricQuery.CANARY, sources, clock, sleeper).begin();
    }

    /**
     * Starts a verification: compares one track, as it is now, with what a healthy one looked like.
     *
     * @param track {@code $track} of the queries, normally {@link MetricQuery#BASELINE}, where everybody is after going
     *     back
     */
    public static Gate startAgainst(
            Analysis analysis, RecordedBaseline recorded, String track, MetricSources sources, Clock clock) {
        return new Gate(analysis, recorded, track, sources, clock, PAUSE).begin();
    }

    private Gate begin() {
        startedAt = Instant.ofEpochMilli(clock.millis());
        status = new GateStatus(0, allowed, null, Verdict.NO_DATA, "no look yet", verdicts(), startedAt);
        return this;
    }

    /**
     * Goes on with a saved gate.
     *
     * @throws IllegalArgumentException when it was not made by {@link #save()}
     */
    public static Gate load(ObjectNode saved, MetricSources sources, Clock clock) {
        if (saved.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("not a saved gate of format " + FORMAT);
        }
        Analysis analysis;
        try {
            analysis = Analysis.parse(
                    saved.path("analysis").asText(), saved.path("file").asText());
        } catch (AnalysisException e) {
            throw new IllegalArgumentException(
                    "the saved gate's analysis cannot be read any more: " + e.getMessage(), e);
        }
        RecordedBaseline recorded =
                saved.hasNonNull("recorded") ? RecordedBaseline.fromJson(saved.get("recorded")) : null;
        Gate gate = new Gate(analysis, recorded, saved.path("track").asText(), sources, clock, PAUSE);
        gate.restore(saved);
        return gate;
    }

    private void restore(ObjectNode saved) {
        startedAt = Instant.parse(saved.path("startedAt").asText());
        prepared = saved.path("prepared").asBoolean();
        look = saved.path("look").asInt();
        allowed = saved.path("allowed").asInt();
        lastSlot = saved.path("lastSlot").asLong();
        overridden = saved.path("overridden").asBoolean();
        trail.load(saved.path("trail"));
        metrics.forEach(state -> state.load(saved.path("metrics").path(state.metric.name())));
        JsonNode decided = saved.path("decided");
        JsonNode next = saved.path("nextLook");
        status = new GateStatus(
                look,
                allowed,
                decided.isTextual() ? Verdict.valueOf(decided.asText()) : null,
                Verdict.valueOf(saved.path("soFar").asText()),
                saved.path("summary").asText(),
                // files of earlier versions have none
                saved.has("verdicts") ? SavedVerdicts.fromJson(saved.get("verdicts")) : verdicts(),
                next.isTextual() ? Instant.parse(next.asText()) : null);
    }

    /** Everything that is needed to go on: the analysis, the samples, the deadlines. */
    public ObjectNode save() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT).put("file", analysis.fileName()).put("analysis", analysis.text());
        json.put("startedAt", startedAt.toString()).put("track", track).put("prepared", prepared);
        json.put("look", look).put("allowed", allowed).put("lastSlot", lastSlot).put("overridden", overridden);
        json.set("trail", trail.save());
        if (recorded != null) {
            json.set("recorded", recorded.toJson());
        }
        ObjectNode states = json.putObject("metrics");
        metrics.forEach(state -> states.set(state.metric.name(), state.save()));
        json.set("verdicts", SavedVerdicts.toJson(status.metrics()));
        json.put("soFar", status.soFar().name()).put("summary", status.summary());
        json.put("decided", status.decided() == null ? null : status.decided().name());
        json.put(
                "nextLook", status.nextLook() == null ? null : status.nextLook().toString());
        return json;
    }

    public Analysis analysis() {
        return analysis;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** How it stands; before the first look, too. */
    public GateStatus status() {
        return status;
    }

    /** What the gate's end leads to, or {@code null} while it runs. */
    public Outcome outcome() {
        return status.isEnded() ? analysis.outcome(status.decided()) : null;
    }

    /** All samples so far, in order, by metric: for charts and for replay. */
    public Map<String, List<Sample>> samples() {
        Map<String, List<Sample>> all = new LinkedHashMap<>();
        metrics.forEach(state -> all.put(state.metric.name(), List.copyOf(state.samples())));
        return all;
    }

    /** What is known of each metric, in the analysis' order. */
    List<MetricState> states() {
        return List.copyOf(metrics);
    }

    /** The moment of a sample. */
    public Instant at(Sample sample) {
        return at(sample.slot());
    }

    /** @param slot in intervals since the start */
    public Instant at(long slot) {
        return startedAt.plus(analysis.interval().multipliedBy(slot));
    }

    /** Which baseline the judged track is compared with, in words that follow "compared with". */
    public String comparedWith() {
        if (recorded != null) {
            return "the recorded baseline";
        }
        if (analysis.metrics().stream().noneMatch(metric -> analysis.judge().asksBaseline(metric))) {
            return "fixed limits";
        }
        return analysis.daysAgo().isEmpty()
                ? "the baseline track beside it"
                : "the same time "
                        + analysis.daysAgo().stream().map(String::valueOf).collect(joining(", ")) + " days earlier";
    }

    /** What the baseline looked like, to be recorded with the verdict. */
    public RecordedBaseline baseline() {
        return record(false);
    }

    /** What the judged track looked like: the baseline of later verifications when the gate passed. */
    public RecordedBaseline canary() {
        return record(true);
    }

    private RecordedBaseline record(boolean canary) {
        Map<String, List<double[]>> rows = new LinkedHashMap<>();
        metrics.forEach(state -> rows.put(
                state.metric.name(),
                state.samples().stream()
                        .map(one -> canary
                                ? new double[] {one.canary(), one.canaryOf()}
                                : new double[] {one.baseline(), one.baselineOf()})
                        .filter(row -> Double.isFinite(row[0]) && Double.isFinite(row[1]))
                        .toList()));
        return new RecordedBaseline(rows);
    }

    /**
     * Takes the look that is due: asks the metric servers (blocking, with their timeouts; call it where I/O is
     * allowed) and judges. A look that is not due yet changes nothing. Metric errors are part of the result, not
     * exceptions.
     *
     * @throws InterruptedException when interrupted; the look then does not count and can be taken again
     */
    public GateStatus look() throws InterruptedException {
        Instant now = Instant.ofEpochMilli(clock.millis());
        if (status.isEnded() || now.isBefore(status.nextLook())) {
            return status;
        }
        if (!prepared) {
            prepare(now);
            return status;
        }
        long slot = Math.max(lastSlot + 1, slotAt(now));
        // collected first, taken over at once: an interrupted look leaves nothing half done
        List<Runnable> results = new ArrayList<>();
        for (MetricState state : metrics) {
            try {
                GateLook.Answers answers = asking.ask(state.metric, slot, now);
                results.add(() -> state.add(answers.sample(), answers.why(), answers.nan()));
                askAgain(state, results);
            } catch (MetricException e) {
                results.add(() -> state.addFailure(slot, e.getMessage()));
            }
        }
        results.forEach(Runnable::run);
        look++;
        lastSlot = slot;
        decide(true);
        trail.add(look, slot, status);
        return status;
    }

    /** Ends it as if this had been the last look: there is nothing more to come. Changes nothing once it has ended. */
    public GateStatus endNow() {
        if (!status.isEnded()) {
            allowed = look;
            decide(false);
        }
        return status;
    }

    /**
     * Allows more looks. A gate that a person gave looks does not give itself more in the end.
     *
     * @param looks how many there can be altogether, up to {@link Analysis#MOST_LOOKS}; fewer than now change nothing
     */
    public void extendTo(int looks) {
        if (!status.isEnded() && looks > allowed) {
            allowed = Math.min(looks, Analysis.MOST_LOOKS);
            status = new GateStatus(
                    look, allowed, null, status.soFar(), status.summary(), status.metrics(), status.nextLook());
        }
    }

    /**
     * Ends it with a person's verdict. What the judge says stays in {@link GateStatus#soFar()}, the metrics and the
     * summary. Changes nothing once it has ended.
     */
    public GateStatus override(Verdict verdict) {
        if (!status.isEnded()) {
            overridden = true;
            status = new GateStatus(
                    look,
                    allowed,
                    verdict,
                    status.soFar(),
                    "taken as " + verdict + " by a person; the judge says " + status.soFar() + " so far: "
                            + status.summary(),
                    status.metrics(),
                    null);
        }
        return status;
    }

    /** Whether its verdict is a person's. */
    public boolean isOverridden() {
        return overridden;
    }

    /** When its last look is due at the latest; {@code null} when it has ended. */
    public Instant latestEnd() {
        return status.nextLook() == null
                ? null
                : status.nextLook().plus(analysis.interval().multipliedBy(Math.max(0, allowed - look - 1)));
    }

    /** What was made of each look. */
    public List<GateTrail.Step> trail() {
        return trail.steps();
    }

    /** A sample that was missing at the last look may have arrived since; sources that cannot look back say so. */
    private void askAgain(MetricState state, List<Runnable> results) throws InterruptedException {
        Sample last = state.look(lastSlot);
        if (last == null || state.isComplete(last) || recorded != null || state.missed() == 0) {
            return;
        }
        try {
            GateLook.Answers late = asking.ask(state.metric, lastSlot, at(last));
            results.add(() -> state.addLate(late.sample()));
        } catch (MetricException e) {
            // it is missing, as before
        }
    }

    private void prepare(Instant now) throws InterruptedException {
        String trouble = "";
        for (MetricState state : metrics) {
            try {
                asking.history(state.metric, startedAt).forEach(state::addHistory);
                asking.ask(state.metric, 0, now);
            } catch (MetricException e) {
                trouble = "; " + state.metric.name() + ": " + e.getMessage();
            }
        }
        prepared = true;
        status = new GateStatus(
                0, allowed, null, Verdict.NO_DATA, "no look yet" + trouble, verdicts(), afterSlot(slotAt(now)));
    }

    /** @param mayExtend whether a gate that is not sure may give itself more looks */
    private void decide(boolean mayExtend) {
        boolean last = look >= allowed;
        GateJudge.Judgement judgement = analysis.judge().judge(analysis, metrics, look, last);
        GateDecision decision = judgement.decision();
        if (last
                && mayExtend
                && decision.decided() == Verdict.INCONCLUSIVE
                && look > 0
                && analysis.extendsInconclusive()
                && allowed == analysis.looks()) {
            allowed = 2 * allowed;
            decision = new GateDecision(decision.soFar(), null, "extended to " + allowed + " looks; " + decision.why());
        }
        Instant next = decision.decided() == null ? afterSlot(Math.max(lastSlot, slotAt(clock.instant()))) : null;
        status = new GateStatus(
                look, allowed, decision.decided(), decision.soFar(), decision.why(), judgement.metrics(), next);
    }

    private List<MetricVerdict> verdicts() {
        return analysis.judge().judge(analysis, metrics, look, false).metrics();
    }

    private long slotAt(Instant moment) {
        return Math.max(
                0,
                (moment.toEpochMilli() - startedAt.toEpochMilli())
                        / analysis.interval().toMillis());
    }

    private Instant afterSlot(long slot) {
        return startedAt.plus(analysis.interval().multipliedBy(slot + 1));
    }
}
