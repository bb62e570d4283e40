package io.jenkins.plugins.rollback.engine.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the entries of a ledger say about the keys that signed it. In a ledger with one owner each hand-over leads from
 * the key before it, and any other is a lie. A ledger that several controllers share holds the hand-overs of all their
 * copies, and each copy has a chain of its own: it leads to the key of that copy, each step signed by the key before, and
 * by the key after. So nobody can lengthen the chain of another controller, at neither end.
 */
final class KeyChain {

    private record Link(long index, HandOver change) {}

    private final List<Link> links = new ArrayList<>();
    private final List<Link> shared = new ArrayList<>(); // of several copies
    private final List<String> notes = new ArrayList<>();

    /** @throws InvalidEventException when nobody could have handed over like this */
    void add(Entry entry) {
        HandOver change = HandOver.of(entry.kind(), entry.data());
        if (entry.text(SharedLedger.CONTROLLER) != null) {
            shared.add(new Link(entry.index(), change));
            return;
        }
        if (!links.isEmpty() && !links.get(links.size() - 1).change().next().equals(change.previous())) {
            throw new InvalidEventException("data.previous: is not the key that signed until then");
        }
        links.add(new Link(entry.index(), change));
        note(entry.index(), change);
    }

    private void note(long index, HandOver change) {
        if (change.signature() == null) {
            notes.add("entry " + index + " began a new epoch without the signature of the key before, which was lost");
        }
    }

    /** What is not wrong but worth knowing; of the shared ones those in the last chain that was asked for. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The keys up to the one that signs, or to one that they hand over to after it.
     *
     * @param present the key of the ledger, or of the copy, that the entries were read from
     */
    KeyHistory leadingTo(VerifierKey present) {
        if (links.isEmpty()) {
            List<Link> steps = back(present);
            VerifierKey first = steps.isEmpty()
                    ? present
                    : steps.get(steps.size() - 1).change().previous();
            return walk(first, steps);
        }
        KeyHistory history = KeyHistory.of(links.get(0).change().previous());
        for (Link link : links) {
            history = history.and(link.index(), link.change().next());
        }
        return history;
    }

    /** From a key back to the first one of its copy; the newest step first. */
    private List<Link> back(VerifierKey present) {
        List<Link> steps = new ArrayList<>();
        VerifierKey key = present;
        for (Link step = stepTo(key, Long.MAX_VALUE); step != null; step = stepTo(key, step.index())) {
            steps.add(step);
            key = step.change().previous();
        }
        return steps;
    }

    /** The first that leads to a key with its consent: anybody may repeat what an entry says. */
    private Link stepTo(VerifierKey key, long before) {
        for (Link link : shared) {
            if (link.index() < before
                    && link.change().next().equals(key)
                    && link.change().consent() != null) {
                return link;
            }
        }
        return null;
    }

    /** From the first key on, by what each key has signed: a step that it took elsewhere shows here. */
    private KeyHistory walk(VerifierKey first, List<Link> known) {
        Set<Long> unsigned = new HashSet<>(); // steps from a lost key count only when they lead to the present one
        known.forEach(link -> unsigned.add(link.index()));
        KeyHistory history = KeyHistory.of(first);
        for (Link link : shared) {
            HandOver change = link.change();
            boolean counts = change.signature() != null || unsigned.contains(link.index());
            if (counts && change.previous().equals(history.newest())) {
                history = history.and(link.index(), change.next());
                note(link.index(), change);
            }
        }
        return history;
    }
}
