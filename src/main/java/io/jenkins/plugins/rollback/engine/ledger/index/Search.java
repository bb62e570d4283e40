package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.People;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A query turned into numbers of the dictionary, so that an entry is tested by comparing a few integers. */
final class Search {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{8,64}");

    /** That one column holds one of some numbers. */
    private record Test(int[] column, BitSet wanted) {}

    private final Columns columns;
    private final List<Test> tests = new ArrayList<>();
    private final long from;
    private final long to;
    private int subject = Dictionary.NONE;
    private boolean possible = true;

    private Search(Columns columns, long from, long to) {
        this.columns = columns;
        this.from = from;
        this.to = to;
    }

    /** @param columns a view */
    static Search of(Query query, Columns columns, Dictionary names, People people) {
        Search search = new Search(
                columns,
                query.from() == null ? Long.MIN_VALUE : query.from().toEpochMilli(),
                query.to() == null ? Long.MAX_VALUE : query.to().toEpochMilli());
        search.one(Columns.SERVICE, query.service(), names);
        search.one(Columns.ENVIRONMENT, query.environment(), names);
        search.one(Columns.VERSION, query.version(), names);
        if (query.kind() != null) {
            String prefix = query.kind() + ".";
            search.some(Columns.KIND, names, kind -> kind.equals(query.kind()) || kind.startsWith(prefix));
        }
        if (query.actor() != null) {
            search.actor(query.actor(), names, people);
        }
        if (query.subject() != null) {
            search.subject = names.find(query.subject());
            search.possible = search.possible && search.subject > 0;
        }
        return search;
    }

    private void one(int column, String name, Dictionary names) {
        if (name != null) {
            int number = names.find(name);
            possible = possible && number > 0;
            BitSet wanted = new BitSet();
            wanted.set(Math.max(0, number));
            tests.add(new Test(columns.column(column), wanted));
        }
    }

    private void some(int column, Dictionary names, Predicate<String> condition) {
        BitSet wanted = new BitSet();
        for (int number = 1; number < names.texts().size(); number++) {
            if (condition.test(names.texts().get(number))) {
                wanted.set(number);
            }
        }
        possible = possible && !wanted.isEmpty();
        tests.add(new Test(columns.column(column), wanted));
    }

    /** Somebody who was erased can still be followed by the digits that views show. */
    private void actor(String who, Dictionary names, People people) {
        String commitment = people.commitment(Actor.parse(who)).orElse(null);
        if (commitment != null) {
            one(Columns.ACTOR, commitment, names);
        } else if (DIGITS.matcher(who).matches()) {
            some(Columns.ACTOR, names, name -> name.length() == 64 && name.startsWith(who));
        } else {
            possible = false;
        }
    }

    /** Whether any entry can match at all. */
    boolean isPossible() {
        return possible;
    }

    int size() {
        return columns.size();
    }

    boolean matches(int entry) {
        if (columns.column(Columns.KIND)[entry] == Dictionary.NONE) {
            return false; // was dropped
        }
        long time = columns.times()[entry];
        if (time < from || time >= to) {
            return false;
        }
        for (Test test : tests) {
            if (!test.wanted.get(test.column[entry])) {
                return false;
            }
        }
        return subject == Dictionary.NONE
                || columns.column(Columns.SUBJECT)[entry] == subject
                || columns.column(Columns.SECOND_SUBJECT)[entry] == subject;
    }
}
