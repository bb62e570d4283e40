package io.jenkins.plugins.rollback.engine.approval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.index.Indexes;
import io.jenkins.plugins.rollback.engine.ledger.retention.Live;
import io.jenkins.plugins.rollback.engine.ledger.retention.LiveHistory;
import io.jenkins.plugins.rollback.engine.ledger.state.SavedProjection;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Asks for approvals, takes votes and settles: a projection of the ledger plus the commands that append to it.
 * Settling is atomic; whatever is clicked at once, exactly one outcome results. One refusal settles; approvals settle
 * when there are as many as the policy's quorum and as many of each group as it wants.
 *
 * <p>Whoever makes one attaches it: {@code ledger.attach(approvals)}. Attaching it twice is harmless.
 */
public final class Approvals implements SavedProjection, LiveHistory {

    private final Ledger ledger;
    private final Clock clock;
    private final List<Consumer<Approval>> listeners = new CopyOnWriteArrayList<>();

    /** Its lock is never held while the ledger or its side table is asked, so the two cannot cross. */
    private volatile QuestionTable questions = new QuestionTable();

    /** @param clock decides when an approval is past its time */
    public Approvals(Ledger ledger, Clock clock) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public void apply(Entry entry) {
        questions.apply(entry);
    }

    /** Whoever asks meanwhile is answered from what was known before. */
    @Override
    public void rebuild(long unseen, Replay entries) throws IOException {
        QuestionTable fresh = new QuestionTable();
        entries.show(0, fresh::apply);
        questions = fresh;
    }

    @Override
    public String name() {
        return "approvals";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public long next() {
        return questions.next();
    }

    @Override
    public long save(StateWriter out) {
        return questions.save(out);
    }

    @Override
    public void load(StateReader in, long next) {
        questions = QuestionTable.load(in, next, ledger);
    }

    /**
     * Puts the question under an id of the caller; the same id again returns how it stands.
     *
     * @param from version to be left, or {@code null}
     * @param to version to go back to
     * @param subject SHA-256 over what is approved
     * @param requesters user ids of those who asked; empty when nobody is known
     * @param build the build that waits, or {@code null}
     * @throws IllegalStateException when the id was used for another subject: what was approved then is not this
     */
    public Approval ask(
            String id,
            Target target,
            String rollback,
            String from,
            String to,
            String subject,
            ApprovalPolicy policy,
            SortedSet<String> requesters,
            String build)
            throws IOException {
        Event event = Event.of(EventKind.APPROVAL_ASKED)
                .target(target)
                .version(to)
                .reason(new AskedOf(
                                policy.approvers(),
                                requesters,
                                List.copyOf(policy.groups().keySet()))
                        .toText())
                .with("approval", id)
                .with("rollback", rollback)
                .with("from", from)
                .with("subject", subject)
                .with("policy", policy.id())
                .with("quorum", policy.people())
                .with("groups", numbers(policy.groups().values()))
                .with("requesterMayApprove", policy.requesterMayApprove())
                .with("approvers", policy.approvers().size())
                .with("reasonPattern", policy.reasonPattern())
                .with("build", build)
                .with("until", clock.instant().plus(policy.expiry()));
        try {
            ledger.append(event, () -> {
                if (question(id).isPresent()) {
                    throw new ConditionFailedException("asked already");
                }
            });
        } catch (ConditionFailedException e) {
            Question known = question(id).orElseThrow();
            if (!Objects.equals(known.subject(), subject)) {
                throw new IllegalStateException("approval " + id + " was asked for something else (subject "
                        + known.subject() + ", now " + subject + ")");
            }
        }
        return find(id).orElseThrow();
    }

    /**
     * Records a vote.
     *
     * @param user the voter's id
     * @param groups the groups the voter is in
     * @param reason free text, required
     * @throws ConditionFailedException when the voter may not vote (saying which rule forbids it), the reason is blank
     *     or not what the policy wants of a yes, or the approval is settled (saying by whom and how)
     */
    public Approval vote(String id, String user, Set<String> groups, boolean approve, String reason)
            throws IOException, ConditionFailedException {
        requireReason(reason);
        Approval approval = find(id).orElseThrow(() -> unknown(id));
        // asked before an event is made of the name; asked again, for certain, when it is appended
        requireAllowed(approval, user, groups, approve);
        if (approve) {
            refuse(VotingRules.whyNotFor(approval.policy(), reason), approval);
        }
        Event event = word(approve ? EventKind.APPROVAL_GIVEN : EventKind.APPROVAL_REFUSED, approval, user, reason);
        if (approve) {
            event.with("groups", numbers(VotingRules.groupsOf(approval.policy(), user, groups)));
        }
        Entry entry = ledger.append(
                event, () -> requireAllowed(find(id).orElseThrow(() -> unknown(id)), user, groups, approve));
        return settled(id, entry);
    }

    /**
     * Takes a vote back, as if it had never been cast; who cast it may vote again. What was said stays in the ledger.
     *
     * @param user the voter's id
     * @param reason free text, required
     * @throws ConditionFailedException when this user has not voted, the reason is blank, or the approval is settled: what
     *     was decided stays decided
     */
    public Approval takeBack(String id, String user, String reason) throws IOException, ConditionFailedException {
        requireReason(reason);
        Approval approval = find(id).orElseThrow(() -> unknown(id));
        refuse(whyNotTakeBack(approval, user), approval);
        ledger.append(word(EventKind.APPROVAL_WITHDRAWN, approval, user, reason), () -> {
            Approval now = find(id).orElseThrow(() -> unknown(id));
            refuse(whyNotTakeBack(now, user), now);
        });
        return find(id).orElseThrow();
    }

    private static Event word(EventKind kind, Approval approval, String user, String reason) {
        return Event.of(kind)
                .target(approval.target())
                .version(approval.to())
                .actor(Actor.user(user))
                .reason(reason.strip())
                .with("approval", approval.id())
                .with("rollback", approval.rollback());
    }

    private static void requireReason(String reason) throws ConditionFailedException {
        if (reason == null || reason.isBlank()) {
            throw new ConditionFailedException("a reason is required");
        }
    }

    /** Nothing when there are none, which is how entries without groups were always written. */
    private static ArrayNode numbers(Collection<Integer> numbers) {
        ArrayNode array = numbers.isEmpty() ? null : JsonNodeFactory.instance.arrayNode();
        numbers.forEach(number -> array.add(number));
        return array;
    }

    /** Whether this voter could approve now: empty, or the rule that forbids it, for a person. */
    public Optional<String> whyNot(String id, String user, Set<String> groups) {
        return whyNot(id, user, groups, true);
    }

    /** As {@link #whyNot(String, String, Set)}, for a yes or a no: who asked may always say no to it. */
    public Optional<String> whyNot(String id, String user, Set<String> groups, boolean approve) {
        return find(id).map(approval -> whyNot(approval, user, groups, approve))
                .orElseGet(() -> Optional.of("approval " + id + " is not known"));
    }

    /** Whether this voter could take a vote back now: empty, or the rule that forbids it, for a person. */
    public Optional<String> whyNotTakeBack(String id, String user) {
        return find(id).map(approval -> whyNotTakeBack(approval, user))
                .orElseGet(() -> Optional.of("approval " + id + " is not known"));
    }

    /** Settles as EXPIRED what is past its time; call it from a timer. */
    public void expire() throws IOException {
        Instant now = clock.instant();
        for (Approval approval : waiting()) {
            if (!now.isBefore(approval.until())) {
                settle(approval.id(), Question.EXPIRED);
            }
        }
    }

    /**
     * Settles as ENDED because what waited is gone; harmless when settled or unknown.
     *
     * @param cause a short class, without free text of people
     */
    public void end(String id, String cause) throws IOException {
        settle(id, Question.EXPIRED.equals(cause) ? "ended" : cause);
    }

    public Optional<Approval> find(String id) {
        return question(id).map(question -> question.show(ledger.people()));
    }

    private Optional<Question> question(String id) {
        Optional<Question> waiting = questions.waiting(id);
        return waiting.isPresent() ? waiting : Question.of(Indexes.read(ledger, () -> questions.entries(id)));
    }

    /** Those that wait, oldest first. */
    public List<Approval> waiting() {
        return questions.waiting().stream()
                .map(question -> question.show(ledger.people()))
                .toList();
    }

    @Override
    public void tell(Live live) {
        questions.waiting().forEach(question -> live.approval(question.id()));
    }

    /** Those that a build asked for, settled or not, oldest first. */
    public List<Approval> ofBuild(String build) {
        return questions.ofBuild(build).stream()
                .flatMap(id -> find(id).stream())
                .toList();
    }

    /** Whether a build ever asked for one: quick, for menus. */
    public boolean isKnownBuild(String build) {
        return !questions.ofBuild(build).isEmpty();
    }

    /** Calls back, on the thread that settled it and after the append returned, for each approval that gets settled. */
    public void onSettled(Consumer<Approval> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    private void settle(String id, String cause) throws IOException {
        Question question = question(id).orElse(null);
        if (question == null || question.isSettled()) {
            return;
        }
        Event event = Event.of(EventKind.APPROVAL_ENDED)
                .target(question.target())
                .version(question.asked().version())
                .with("approval", id)
                .with("rollback", question.asked().text("rollback"))
                .with("cause", cause);
        Entry entry;
        try {
            entry = ledger.append(event, () -> {
                if (question(id).map(Question::isSettled).orElse(true)) {
                    throw new ConditionFailedException("settled already");
                }
            });
        } catch (ConditionFailedException e) {
            return; // somebody decided in the same moment, and that counts
        }
        settled(id, entry);
    }

    /** Tells the listeners when this very entry was the one that settled it. */
    private Approval settled(String id, Entry entry) {
        Question question = question(id).orElseThrow();
        Approval approval = question.show(ledger.people());
        if (question.settledBy() == entry.index()) {
            listeners.forEach(listener -> listener.accept(approval));
        }
        return approval;
    }

    private void requireAllowed(Approval approval, String user, Set<String> groups, boolean approve)
            throws ConditionFailedException {
        refuse(whyNot(approval, user, groups, approve), approval);
    }

    private void refuse(Optional<String> why, Approval approval) throws ConditionFailedException {
        if (why.isPresent()) {
            throw new ConditionFailedException(why.get() + settledBy(approval));
        }
    }

    private Optional<String> whyNot(Approval approval, String user, Set<String> groups, boolean approve) {
        return VotingRules.whyNot(approval, voted(approval), user, groups, approve, clock.instant());
    }

    private Optional<String> whyNotTakeBack(Approval approval, String user) {
        return VotingRules.whyNotTakeBack(approval, voted(approval), user, clock.instant());
    }

    private Set<String> voted(Approval approval) {
        return approval.votes().stream()
                .flatMap(vote -> ledger.people().actor(vote.actor()).stream())
                .map(Actor::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whose vote settled it, for the message to who came late. */
    private String settledBy(Approval approval) {
        boolean byVote = approval.state() == Approval.State.APPROVED || approval.state() == Approval.State.REJECTED;
        if (!byVote || approval.votes().isEmpty()) {
            return "";
        }
        Approval.Vote last = approval.votes().get(approval.votes().size() - 1);
        return " by " + ledger.people().shown(last.actor()) + " at " + last.at();
    }

    private static ConditionFailedException unknown(String id) {
        return new ConditionFailedException("approval " + id + " is not known");
    }
}
