package io.jenkins.plugins.rollback.engine.trigger;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Live;
import io.jenkins.plugins.rollback.engine.ledger.retention.LiveHistory;
import io.jenkins.plugins.rollback.engine.ledger.state.SavedProjection;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts were received, so that the same incident is news once when it begins and once when it is over: for any
 * number of repetitions, also at once, also after a restart. A projection of the ledger; attach it:
 * {@code ledger.attach(deliveries)}.
 */
public final class Deliveries implements SavedProjection, LiveHistory {

    /** After this long an incident that never was resolved may begin anew: its end may have got lost. */
    public static final Duration FORGET = Duration.ofDays(7);

    /** After this many times {@link #forget} an incident is dropped from memory, resolved or not. */
    private static final int LONG_PAST = 4;

    /** The last word on an incident. */
    private record Last(Alert.State state, long sent, Instant at, long entry) {}

    private final Ledger ledger;
    private final Clock clock;
    private final Duration forget;

    // guarded by itself; a leaf lock
    private final Map<String, Last> incidents = new LinkedHashMap<>();
    private final Map<String, Entry> unanswered = new LinkedHashMap<>();
    private long next;

    /** With the default {@link #FORGET}. */
    public Deliveries(Ledger ledger, Clock clock) {
        this(ledger, clock, FORGET);
    }

    /** @param forget how long a beginning without an end counts */
    public Deliveries(Ledger ledger, Clock clock, Duration forget) {
        this.ledger = ledger;
        this.clock = clock;
        this.forget = forget;
    }

    @Override
    public void apply(Entry entry) {
        synchronized (incidents) {
            if (entry.index() < next) {
                return; // seen already
            }
            next = entry.index() + 1;
            String rollback = entry.text("rollback");
            if (entry.kind() == EventKind.TRIGGER_RECEIVED) {
                String incident = entry.text("dedupe");
                Alert.State state = state(entry.text("state"));
                if (incident != null && state != null) {
                    forgetBefore(entry.time().minus(forget.multipliedBy(LONG_PAST)));
                    incidents.remove(incident); // the newest is always the last in order
                    incidents.put(
                            incident, new Last(state, entry.data().path("sent").asLong(), entry.time(), entry.index()));
                }
                if (rollback != null) {
                    unanswered.put(rollback, entry);
                }
            } else if (rollback != null) {
                unanswered.remove(rollback);
            }
        }
    }

    /** What is so old changes no answer any more; by the time of entries, so that every replay ends with the same. */
    private void forgetBefore(Instant oldest) {
        Iterator<Last> eldest = incidents.values().iterator();
        while (eldest.hasNext() && eldest.next().at().isBefore(oldest)) {
            eldest.remove();
        }
    }

    @Override
    public void rebuild(long unseen, Replay entries) throws IOException {
        Deliveries fresh = new Deliveries(ledger, clock, forget);
        entries.show(0, fresh);
        replace(fresh);
    }

    private void replace(Deliveries fresh) {
        synchronized (incidents) {
            incidents.clear();
            incidents.putAll(fresh.incidents);
            unanswered.clear();
            unanswered.putAll(fresh.unanswered);
            next = fresh.next;
        }
    }

    @Override
    public String name() {
        return "deliveries";
    }

    @Override
    public int form() {
        return 3;
    }

    @Override
    public long next() {
        synchronized (incidents) {
            return next;
        }
    }

    @Override
    public long save(StateWriter out) {
        synchronized (incidents) {
            out.each(incidents.entrySet(), incident -> {
                out.text(incident.getKey());
                out.text(incident.getValue().state().name());
                out.number(incident.getValue().sent());
                out.time(incident.getValue().at());
                out.number(incident.getValue().entry());
            });
            out.each(unanswered.values(), entry -> out.number(entry.index()));
            return next;
        }
    }

    @Override
    public void load(StateReader in, long upTo) throws IOException {
        Deliveries saved = new Deliveries(ledger, clock, forget);
        in.each(() -> saved.incidents.put(
                in.text(), new Last(Alert.State.valueOf(in.text()), in.number(), in.time(), in.number())));
        List<Long> waiting = new ArrayList<>();
        in.each(() -> waiting.add(in.number()));
        for (long index : waiting) {
            Entry entry = ledger.entry(index);
            saved.unanswered.put(entry.text("rollback"), entry);
        }
        saved.next = upTo;
        replace(saved);
    }

    /** Incidents that go on or are remembered, and alerts whose effect is still to come. */
    @Override
    public void tell(Live live) {
        synchronized (incidents) {
            for (Last last : incidents.values()) {
                if (last.state() == Alert.State.FIRING || last.at().plus(forget).isAfter(clock.instant())) {
                    live.entry(last.entry());
                }
            }
            unanswered.values().forEach(entry -> live.entry(entry.index()));
        }
    }

    private static Alert.State state(String text) {
        for (Alert.State state : Alert.State.values()) {
            if (word(state).equals(text)) {
                return state;
            }
        }
        return null;
    }

    private static String word(Alert.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Records an alert when it is news. The sender's key is stored as a hash, its summary and link as a commitment: neither can
     * bring personal data into an entry.
     *
     * @param endpoint id of the endpoint that received it
     * @param signed what {@link WebhookVerifier} said of it
     * @param outcome what will follow, a word for the entry: {@code propose}, {@code start}, {@code none}
     * @param rollback id made for the rollback that will follow, or {@code null}; it stays {@link #unanswered} until an
     *     entry of that rollback is there, so that a crash in between loses nothing
     */
    public Receipt receive(String endpoint, Alert alert, Signed signed, String outcome, String rollback)
            throws IOException {
        String incident = incident(endpoint, alert);
        long sent = sent(alert, signed);
        Event event = Event.of(EventKind.TRIGGER_RECEIVED)
                .target(alert.target())
                .actor(Actor.webhook(endpoint))
                .reason(alert.text())
                .with("delivery", signed.id())
                .with("endpoint", endpoint)
                .with("dedupe", incident)
                .with("state", word(alert.state()))
                .with("sent", sent)
                .with("outcome", outcome)
                .with("rollback", rollback);
        try {
            Entry entry = ledger.append(event, () -> {
                Optional<String> why = whyNoNews(incident, alert, sent);
                if (why.isPresent()) {
                    throw new ConditionFailedException(why.get());
                }
            });
            return new Receipt(true, entry, "accepted");
        } catch (ConditionFailedException e) {
            return new Receipt(false, null, e.getMessage());
        }
    }

    /**
     * Why nothing would follow from an alert if it came now; empty when it is news. Records nothing: for trying out.
     *
     * @param endpoint id of the endpoint that it would come to
     */
    public Optional<String> whyNoNews(String endpoint, Alert alert, Signed signed) {
        return whyNoNews(incident(endpoint, alert), alert, sent(alert, signed));
    }

    /**
     * The sender's time of what happened, else the time of the delivery. What somebody recorded and sends again later carries
     * its old time; a clock that runs ahead must not make everything after it look old.
     */
    private static long sent(Alert alert, Signed signed) {
        return alert.at() == null ? signed.timestamp() : Math.min(alert.at().getEpochSecond(), signed.timestamp());
    }

    private Optional<String> whyNoNews(String incident, Alert alert, long sent) {
        Alert.State state = alert.state();
        boolean firing = state == Alert.State.FIRING;
        Instant now = clock.instant();
        if (firing && alert.at() != null && !alert.at().plus(forget).isAfter(now)) {
            return Optional.of("began " + alert.at() + ": too long ago to act on now");
        }
        Last last;
        synchronized (incidents) {
            last = incidents.get(incident);
        }
        if (last == null) {
            return firing ? Optional.empty() : Optional.of("nothing is known that could be over");
        }
        // a beginning with the very time of the known end is the one that this end belongs to
        boolean past = alert.at() != null && firing && last.state() == Alert.State.RESOLVED && sent == last.sent();
        if (sent < last.sent() || past) {
            return Optional.of("older than what is known of this incident");
        }
        boolean forgotten = !last.at().plus(forget).isAfter(now);
        return last.state() == state && !forgotten
                ? Optional.of("known already: " + word(state) + " since " + last.at())
                : Optional.empty();
    }

    /** How many incidents are in memory. */
    int remembered() {
        synchronized (incidents) {
            return incidents.size();
        }
    }

    /** Accepted alerts whose announced rollback no entry mentions yet, oldest first: to be taken up after a crash. */
    public List<Entry> unanswered() {
        synchronized (incidents) {
            return List.copyOf(unanswered.values());
        }
    }

    private static String incident(String endpoint, Alert alert) {
        String text = endpoint + "\n" + alert.target().service() + "\n"
                + alert.target().environment() + "\n" + alert.dedupe();
        return Sha256.of(text).substring(0, 32);
    }
}
