package io.jenkins.plugins.rollback.engine.approval;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every question and how it stands, from the entries alone. Thread safe; calls nothing while it holds its lock. */
final class QuestionTable {

    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Map<String, List<String>> idsByBuild = new HashMap<>();
    private long next;

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
            Question.of(entry).ifPresent(question -> ask(id, entry.text("build"), question));
            return;
        }
        Question question = questions.get(id);
        if (question == null || question.isSettled()) {
            return;
        }
        switch (entry.kind()) {
            case APPROVAL_GIVEN -> questions.put(id, question.withVote(entry, true));
            case APPROVAL_REFUSED -> questions.put(id, question.withVote(entry, false));
            case APPROVAL_ENDED -> questions.put(id, question.ended(entry));
            default -> {
                // mentions an approval, does not move it
            }
        }
    }

    private void ask(String id, String build, Question question) {
        if (questions.putIfAbsent(id, question) == null && build != null) {
            idsByBuild.computeIfAbsent(build, key -> new ArrayList<>()).add(id);
        }
    }

    synchronized Optional<Question> find(String id) {
        return Optional.ofNullable(questions.get(id));
    }

    /** Those that wait, oldest first. */
    synchronized List<Question> waiting() {
        return questions.values().stream()
                .filter(question -> !question.isSettled())
                .toList();
    }

    /** Those that a build asked for, settled or not, oldest first. */
    synchronized List<Question> ofBuild(String build) {
        return idsByBuild.getOrDefault(build, List.of()).stream()
                .map(questions::get)
                .toList();
    }
}
