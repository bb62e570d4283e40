package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.Optional;

/**
 * The erasable side table of the ledger: the clear text behind commitments. Erasing from it changes no entry and no
 * proof; the entries then say "erased person".
 */
public interface People {

    /** Who stands behind a commitment, or empty when the person was erased. */
    Optional<Actor> actor(String commitment);

    /** The free text behind a commitment, or empty when it was erased. */
    Optional<String> text(String commitment);

    /** For views: the actor's id, or {@code erased person} with the first characters of the commitment. */
    default String shown(String commitment) {
        return actor(commitment)
                .map(actor -> actor.isUser() ? actor.id() : actor.toString())
                .orElseGet(() -> "erased person " + commitment.substring(0, Math.min(8, commitment.length())));
    }
}
