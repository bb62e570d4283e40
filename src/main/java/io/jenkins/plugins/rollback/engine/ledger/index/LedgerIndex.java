package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.ledger.state.SavedProjection;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import java.io.IOException;
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
public final class LedgerIndex implements SavedProjection {

    private static final int[] NOTHING = new int[Columns.COUNT];

    private final People people;
    private Dictionary names = new Dictionary();
    private Subjects subjects = new Subjects();
    private Columns columns = new Columns();
    private Words words = new Words();
    private Reasons reasons = new Reasons();

    /** An empty one; attach it to its ledger. */
    public LedgerIndex(People people) {
        this.people = people;
    }

    @Override
    public synchronized void apply(Entry entry) {
        if (entry.index() < columns.size() || entry.index() > Integer.MAX_VALUE) {
            return; // seen already, or kept aside and to come again under its number
        }
        while (columns.size() < entry.index()) {
            columns.add(0, NOTHING); // was dropped: without a kind it matches no query
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
            addWords(words, number, entry.reason());
        }
    }

    private void addWords(Words to, int entry, String commitment) {
        people.text(commitment).ifPresent(text -> to.add(entry, text));
    }

    /** Whoever searches meanwhile finds what was known before. */
    @Override
    public void rebuild(long unseen, Replay entries) throws IOException {
        LedgerIndex fresh = new LedgerIndex(people);
        entries.show(0, fresh);
        synchronized (fresh) { // which nobody else knows
            replace(fresh.names, fresh.subjects, fresh.reasons, fresh.columns, fresh.words);
        }
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public int form() {
        return 1;
    }

    @Override
    public synchronized long next() {
        return columns.size();
    }

    /** Words are not written down: they come from clear text, which erasing a person would not find there. */
    @Override
    public long save(StateWriter out) {
        Columns view;
        synchronized (this) { // what is written afterwards never changes
            view = columns.view();
            names.save(out);
            subjects.save(out);
            reasons.save(out);
        }
        view.save(out);
        return view.size();
    }

    @Override
    public void load(StateReader in, long next) {
        Dictionary savedNames = Dictionary.load(in);
        Subjects savedSubjects = Subjects.load(in);
        Reasons savedReasons = Reasons.load(in);
        Columns savedColumns = Columns.load(in, Math.toIntExact(next));
        Words said = new Words();
        for (int i = 0; i < savedReasons.size(); i++) {
            addWords(said, savedReasons.entry(i), savedReasons.commitment(i));
        }
        replace(savedNames, savedSubjects, savedReasons, savedColumns, said);
    }

    private synchronized void replace(
            Dictionary newNames, Subjects newSubjects, Reasons newReasons, Columns newColumns, Words newWords) {
        names = newNames;
        subjects = newSubjects;
        reasons = newReasons;
        columns = newColumns;
        words = newWords;
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
}
