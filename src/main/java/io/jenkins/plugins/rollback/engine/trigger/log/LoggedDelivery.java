package io.jenkins.plugins.rollback.engine.trigger.log;

import java.time.Instant;
import java.util.List;

/**
 * A delivery as the log keeps it: enough to see what is wrong, and no secret.
 *
 * @param at when it came; of several equal ones the last
 * @param from the sender's address as the controller saw it, that of a proxy where there is one
 * @param outcome what became of it
 * @param status HTTP status of the answer
 * @param reason why, in one line; never said to the sender of a refused one
 * @param kind equal for deliveries that may be folded into one line, where the outcome allows that
 * @param headers names and values, those of secrets and signatures masked
 * @param body masked and clipped: see {@link BodyMask}
 * @param bytes length of the body as it came
 * @param times how many equal ones came, 1 or more
 * @param effects what its alerts led to, in the sender's order; not all of a long list
 */
public record LoggedDelivery(
        Instant at,
        String from,
        Outcome outcome,
        int status,
        String reason,
        String kind,
        List<String> headers,
        String body,
        long bytes,
        long times,
        List<Effect> effects) {

    /** So many effects are kept; a delivery may hold hundreds of alerts. */
    public static final int MOST_EFFECTS = 20;

    private static final int LONGEST_REASON = 300;

    /** Bounds what came from outside: whoever sends decides about none of these lengths. */
    public LoggedDelivery {
        reason = line(reason, LONGEST_REASON);
        from = line(from, 100);
        headers = List.copyOf(headers.subList(0, Math.min(headers.size(), MOST_EFFECTS)));
        effects = List.copyOf(effects.subList(0, Math.min(effects.size(), MOST_EFFECTS)));
    }

    /** One that came now, once; its body is filled in when it is kept. */
    public static LoggedDelivery of(
            Instant at, String from, Outcome outcome, int status, String reason, String kind, List<Effect> effects) {
        return new LoggedDelivery(at, from, outcome, status, reason, kind, List.of(), "", 0, 1, effects);
    }

    /** With what the sender sent, masked. */
    public LoggedDelivery with(List<String> maskedHeaders, String maskedBody, long length) {
        return new LoggedDelivery(
                at, from, outcome, status, reason, kind, maskedHeaders, maskedBody, length, times, effects);
    }

    boolean isLike(LoggedDelivery other) {
        return outcome == other.outcome
                && outcome.folds()
                && status == other.status
                && kind.equals(other.kind)
                && from.equals(other.from);
    }

    /** This and one more of its kind. */
    LoggedDelivery again(LoggedDelivery newest) {
        return new LoggedDelivery(
                newest.at,
                from,
                outcome,
                status,
                newest.reason,
                kind,
                headers,
                body,
                bytes,
                times + newest.times,
                newest.effects);
    }

    private static String line(String text, int longest) {
        String plain = text == null ? "" : text.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.length() > longest ? plain.substring(0, longest) + "..." : plain;
    }
}
