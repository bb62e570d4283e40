package io.jenkins.plugins.rollback.engine.approval;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.index.Indexes;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every question and how it stands, from the entries alone. Of one that is settled, which hardly anybody asks for again,
 * nothing is kept but where its entries are. Thread safe; calls nothing while it holds its lock.
 */
final class QuestionTable {

    private static final long[] NONE = {};

    private final Map<String, Indexes> entries = new LinkedHashMap<>(); // those that moved a question, by its id
    private final Map<String, Question> waiting = new LinkedHashMap<>();
    private final Map<String, List<String>> idsByBuild = new LinkedHashMap<>();
    private long next;

    QuestionTable() {
        this(0);
    }

    private QuestionTable(long next) {
        this.next = next;
    }

    synchronized void apply(Entry entry) {
        if (entry.index() < next) {
            return; // seen already
        }
        next = entry.index() + 1;
        String id = entry.text("approval");
        if (id == null) {
            return;
        }
        if (entry.kind() == EventKind.APPROVAL_ASKED) {
            Question.of(entry).ifPresent(question -> ask(id, question));
            return;
        }
        Question question = waiting.get(id);
        Question moved = question == null ? null : question.after(entry);
        if (moved != question) {
            entries.get(id).add(entry.index());
            keep(id, moved);
        }
    }

    private void ask(String id, Question question) {
        if (entries.containsKey(id)) {
            return;
        }
        Indexes own = new Indexes();
        own.add(question.asked().index());
        entries.put(id, own);
        keep(id, question);
        String build = question.asked().text("build");
        if (build != null) {
            idsByBuild.computeIfAbsent(build, key -> new ArrayList<>()).add(id);
        }
    }

    synchronized long next() {
        return next;
    }

    /** Writes down where the entries of all questions are; what they say is not repeated. */
    synchronized long save(StateWriter out) {
        out.each(entries.entrySet(), question -> {
            out.text(question.getKey());
            out.flag(waiting.containsKey(question.getKey()));
            question.getValue().save(out);
        });
        out.each(idsByBuild.entrySet(), build -> {
            out.text(build.getKey());
            out.each(build.getValue(), out::text);
        });
        return next;
    }

    /** A table as {@link #save} wrote it. @param ledger is asked for the entries of questions that wait */
    static QuestionTable load(StateReader in, long next, Ledger ledger) {
        QuestionTable table = new QuestionTable(next);
        in.each(() -> {
            String id = in.text();
            boolean waits = in.flag();
            Indexes own = Indexes.load(in);
            table.entries.put(id, own);
            if (waits) {
                table.waiting.put(
                        id, Question.of(Indexes.read(ledger, own::toArray)).orElseThrow());
            }
        });
        in.each(() -> {
            List<String> ids = new ArrayList<>();
            table.idsByBuild.put(in.text(), ids);
            in.each(() -> ids.add(in.text()));
        });
        return table;
    }

    private void keep(String id, Question question) {
        if (question.isSettled()) {
            waiting.remove(id);
        } else {
            waiting.put(id, question);
        }
    }

    /** The question, if it waits. */
    synchronized Optional<Question> waiting(String id) {
        return Optional.ofNullable(waiting.get(id));
    }

    /** Those that wait, oldest first. */
    synchronized List<Question> waiting() {
        return List.copyOf(waiting.values());
    }

    /** The entries that say how a question stands, see {@link Question#of(List)}; none for an unknown one. */
    synchronized long[] entries(String id) {
        Indexes own = entries.get(id);
        return own == null ? NONE : own.toArray();
    }

    /** Those that a build asked for, settled or not, oldest first. */
    synchronized List<String> ofBuild(String build) {
        return List.copyOf(idsByBuild.getOrDefault(build, List.of()));
    }
}
