package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The erasable side table of the ledger: the clear text behind commitments. Erasing from it changes no entry and no
 * proof; the entries then say "erased person". Thread safe.
 */
public interface People {

    /** How many digits of a commitment tell erased people apart in a view: the chance of two alike is one in 4e9. */
    int SHOWN_DIGITS = 8;

    /** Who stands behind a commitment, or empty when the person was erased. */
    Optional<Actor> actor(String commitment);

    /** The free text behind a commitment, or empty when it was erased. */
    Optional<String> text(String commitment);

    /** The commitment that stands for an actor in entries, or empty when there is none or it was erased. */
    Optional<String> commitment(Actor actor);

    /** The commitments of the texts that a condition holds for, oldest first. */
    List<String> texts(Predicate<String> condition);

    /**
     * Erases a person, name and salt, and texts, in one step that leaves no copy behind. Entries and proofs are
     * untouched. Should the person act again, it is under a new commitment. What is not there is passed over.
     *
     * @param actor whom, or {@code null} for texts alone
     * @param texts commitments of the texts that go too
     * @return how many rows were erased
     * @throws IOException when that could not be made durable; then all or nothing of it is erased after the next start
     */
    int erase(Actor actor, Collection<String> texts) throws IOException;

    /** For views: the actor's id, or {@code erased person} with the first digits of the commitment. */
    default String shown(String commitment) {
        return actor(commitment)
                .map(actor -> actor.isUser() ? actor.id() : actor.toString())
                .orElseGet(() -> "erased person " + digits(commitment));
    }

    /** For views: a reason, or {@code erased text} with the first digits of its commitment. */
    default String shownText(String commitment) {
        return text(commitment).orElseGet(() -> "erased text " + digits(commitment));
    }

    private static String digits(String commitment) {
        return commitment.substring(0, Math.min(SHOWN_DIGITS, commitment.length()));
    }
}
