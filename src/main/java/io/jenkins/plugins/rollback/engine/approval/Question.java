package io.jenkins.plugins.rollback.engine.approval;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * An approval as its entries have it: immutable, without clear text of people. The people are looked up whenever an
 * {@link Approval} is made of it, so that erasing a person takes effect at once.
 *
 * @param asked its first entry
 * @param state how it stands
 * @param votes what was said, in order
 * @param settledBy index of the entry that settled it, or -1
 */
record Question(Entry asked, Target target, Approval.State state, List<Approval.Vote> votes, long settledBy) {

    private static final int MOST = 1000;

    /** Cause in {@code approval.ended} when nobody decided in time. */
    static final String EXPIRED = "expired";

    /** Reads {@code approval.asked}; empty when it is not one that could ever be answered. */
    static Optional<Question> of(Entry asked) {
        if (asked.text("approval") == null || asked.target().isEmpty() || !isInstant(asked.text("until"))) {
            return Optional.empty();
        }
        return Optional.of(new Question(asked, asked.target().get(), Approval.State.WAITING, List.of(), -1));
    }

    private static boolean isInstant(String text) {
        try {
            return text != null && Instant.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** Reads a question from the entries that moved it, the first of which asked it; empty when there are none. */
    static Optional<Question> of(List<Entry> entries) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        return of(entries.get(0)).map(asked -> {
            Question question = asked;
            for (Entry entry : entries.subList(1, entries.size())) {
                question = question.after(entry);
            }
            return question;
        });
    }

    /** How it stands after an entry about it: this very object when the entry does not move it. */
    Question after(Entry entry) {
        if (isSettled()) {
            return this;
        }
        return switch (entry.kind()) {
            case APPROVAL_GIVEN -> withVote(entry, true);
            case APPROVAL_REFUSED -> withVote(entry, false);
            case APPROVAL_WITHDRAWN -> withoutVote(entry);
            case APPROVAL_ENDED -> ended(entry);
            default -> this; // mentions an approval, does not move it
        };
    }

    private Question withVote(Entry entry, boolean approve) {
        List<Approval.Vote> all = new ArrayList<>(votes);
        all.add(new Approval.Vote(entry.actor(), approve, numbers(entry, "groups"), entry.reason(), entry.time()));
        Approval.State next = Approval.State.WAITING;
        if (!approve) {
            next = Approval.State.REJECTED;
        } else if (isEnough(all)) {
            next = Approval.State.APPROVED;
        }
        return new Question(asked, target, next, List.copyOf(all), next == Approval.State.WAITING ? -1 : entry.index());
    }

    /** A refusal settles at once, so every vote before one that approves was a yes. */
    private boolean isEnough(List<Approval.Vote> votes) {
        int[] free = Seats.free(
                numbers(asked, "groups"),
                votes.stream().map(Approval.Vote::groups).toList());
        return votes.size() >= quorum() && IntStream.of(free).sum() == 0;
    }

    /** This very object when who takes back has not voted. */
    private Question withoutVote(Entry entry) {
        List<Approval.Vote> rest = votes.stream()
                .filter(vote -> !vote.actor().equals(entry.actor()))
                .toList();
        return rest.size() == votes.size() ? this : new Question(asked, target, state, rest, settledBy);
    }

    /** Within bounds whoever wrote the entry: a question that nobody can answer is better than one nobody can read. */
    private static List<Integer> numbers(Entry entry, String key) {
        List<Integer> numbers = new ArrayList<>();
        entry.data().path(key).forEach(number -> numbers.add(Math.max(0, Math.min(MOST, number.asInt()))));
        return List.copyOf(numbers);
    }

    private Question ended(Entry entry) {
        Approval.State next = EXPIRED.equals(entry.text("cause")) ? Approval.State.EXPIRED : Approval.State.ENDED;
        return new Question(asked, target, next, votes, entry.index());
    }

    boolean isSettled() {
        return state != Approval.State.WAITING;
    }

    String id() {
        return asked.text("approval");
    }

    String subject() {
        return asked.text("subject");
    }

    Instant until() {
        return Instant.parse(asked.text("until"));
    }

    private int quorum() {
        return Math.max(1, asked.data().path("quorum").asInt(1));
    }

    /** A group whose name was erased keeps its places, and nobody can take them. */
    private SortedMap<String, Integer> groups(AskedOf askedOf) {
        SortedMap<String, Integer> groups = new TreeMap<>();
        List<Integer> wanted = numbers(asked, "groups");
        for (int i = 0; i < wanted.size(); i++) {
            boolean known = i < askedOf.groups().size();
            groups.put(known ? askedOf.groups().get(i) : AskedOf.ERASED + i, wanted.get(i));
        }
        return groups;
    }

    /** With the clear text of people as far as nobody erased it. */
    Approval show(People people) {
        AskedOf askedOf = AskedOf.read(asked, people);
        ApprovalPolicy policy = new ApprovalPolicy(
                asked.text("policy"),
                askedOf.approvers(),
                quorum(),
                groups(askedOf),
                asked.data().path("requesterMayApprove").asBoolean(false),
                asked.text("reasonPattern"),
                Duration.between(asked.time(), until()));
        return new Approval(
                id(),
                target,
                asked.text("rollback"),
                asked.text("from"),
                asked.version(),
                subject(),
                policy,
                askedOf.requesters(),
                asked.text("build"),
                asked.time(),
                until(),
                state,
                votes);
    }
}
