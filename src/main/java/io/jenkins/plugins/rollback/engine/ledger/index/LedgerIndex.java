package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.ledger.Projection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Finds entries by their properties and by the words of their reasons, newest first, in memory. It is computed from the
 * ledger, never the truth, and holds no personal data: actors are commitments, and words lead to candidates whose text
 * is then looked up in the side table, so that what is erased there is found no more from that moment on. Thread safe;
 * searching does not hold up appends.
 *
 * <p>Arrays instead of a search engine: a million entries take about 40 MB and are looked through in a few
 * milliseconds, where Lucene alone would triple the size of the plugin and keep copies of erasable texts on the disk.
 */
public final class LedgerIndex implements Projection {

    private final People people;
    private final Dictionary names;
    private final Subjects subjects;
    private final Columns columns;
    private final Words words = new Words();
    private final Reasons reasons;

    /** An empty one; attach it to its ledger. */
    public LedgerIndex(People people) {
        this(people, new Dictionary(), new Subjects(), new Columns(), new Reasons());
    }

    LedgerIndex(People people, Dictionary names, Subjects subjects, Columns columns, Reasons reasons) {
        this.people = people;
        this.names = names;
        this.subjects = subjects;
        this.columns = columns;
        this.reasons = reasons;
        for (int i = 0; i < reasons.size(); i++) {
            addWords(reasons.entry(i), reasons.commitment(i));
        }
    }

    @Override
    public synchronized void apply(Entry entry) {
        if (entry.index() != columns.size()) {
            return; // seen already
        }
        Iterator<String> about = subjects.of(entry).iterator();
        int subject = names.number(about.hasNext() ? about.next() : null);
        int second = names.number(about.hasNext() ? about.next() : null);
        columns.add(
                entry.time().toEpochMilli(),
                names.number(entry.kind().wire()),
                names.number(entry.service()),
                names.number(entry.environment()),
                names.number(entry.version()),
                names.number(entry.actor()),
                subject,
                second);
        if (entry.reason() != null) {
            int number = Math.toIntExact(entry.index());
            reasons.add(number, entry.reason());
            addWords(number, entry.reason());
        }
    }

    private void addWords(int entry, String commitment) {
        people.text(commitment).ifPresent(text -> words.add(entry, text));
    }

    /** How many entries it covers, from the first. */
    public synchronized long size() {
        return columns.size();
    }

    /**
     * The first page of what a query finds.
     *
     * @param limit at most so many entries, at least 1
     */
    public Page search(Query query, int limit) {
        return search(query, Long.MAX_VALUE, limit);
    }

    /**
     * A page of what a query finds.
     *
     * @param before only entries before this index: {@link Page#next} of the page before
     * @param limit at most so many entries, at least 1
     */
    public Page search(Query query, long before, int limit) {
        List<String> wanted = query.text() == null ? List.of() : Words.of(query.text());
        if (query.text() != null && wanted.isEmpty()) {
            return new Page(List.of(), -1); // nothing but signs: no text has such a word
        }
        Search search;
        int[] candidates;
        synchronized (this) { // what is looked through afterwards never changes
            search = Search.of(query, columns.view(), names, people);
            candidates = wanted.isEmpty() ? null : words.candidates(wanted);
        }
        List<Long> found = new ArrayList<>();
        int end = (int) Math.min(before, search.size());
        int at = candidates == null ? end : candidates.length;
        while (--at >= 0 && search.isPossible()) {
            int entry = candidates == null ? at : candidates[at];
            if (entry < end && search.matches(entry) && (wanted.isEmpty() || says(entry, wanted))) {
                if (found.size() == limit) {
                    return new Page(List.copyOf(found), found.get(limit - 1));
                }
                found.add((long) entry);
            }
        }
        return new Page(List.copyOf(found), -1);
    }

    private boolean says(int entry, List<String> wanted) {
        String commitment;
        synchronized (this) {
            commitment = reasons.of(entry);
        }
        return commitment != null
                && people.text(commitment)
                        .filter(text -> Words.match(wanted, text))
                        .isPresent();
    }

    Dictionary names() {
        return names;
    }

    Subjects subjects() {
        return subjects;
    }

    Columns columns() {
        return columns;
    }

    Reasons reasons() {
        return reasons;
    }
}
