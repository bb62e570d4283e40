package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The scrapes that one source remembers, so that counters can be turned into increases. Bounded: of old scrapes only
 * the series that somebody asked for are kept, and never more than {@link #MAX_SCRAPES}. Not thread safe.
 */
final class ScrapeMemory {

    private static final int MAX_SCRAPES = 600;
    private static final Duration MIN_KEPT = Duration.ofMinutes(15);

    /** A page that was read at a moment. */
    record Scrape(Instant at, Map<Labels, Double> series) {}

    private final Deque<Scrape> scrapes = new ArrayDeque<>();
    private final Set<String> asked = new HashSet<>();
    private Duration longest = MIN_KEPT;

    /** Notes what a query will want, before it is first run. */
    void expect(Query query) {
        asked.addAll(query.names());
    }

    void add(Instant at, Map<Labels, Double> series) {
        Scrape last = scrapes.peekLast();
        if (last != null) {
            scrapes.removeLast();
            Map<Labels, Double> kept = new HashMap<>(last.series());
            kept.keySet().removeIf(labels -> !asked.contains(labels.get(Labels.NAME)));
            scrapes.addLast(new Scrape(last.at(), kept));
        }
        scrapes.addLast(new Scrape(at, series));
        Instant horizon = at.minus(longest.multipliedBy(3));
        while (scrapes.size() > MAX_SCRAPES || scrapes.peekFirst().at().isBefore(horizon)) {
            scrapes.removeFirst();
        }
    }

    /** When the newest page was read, or {@code null}. */
    Instant newestAt() {
        return scrapes.isEmpty() ? null : scrapes.peekLast().at();
    }

    Map<Labels, Double> newest() {
        return scrapes.isEmpty() ? Map.of() : scrapes.peekLast().series();
    }

    /**
     * The scrapes that cover a range up to the newest: from the youngest one that is old enough (nine tenths of the
     * range, for looks are never quite on time) to the newest.
     *
     * <p>Nothing is extrapolated, so that counts stay counts. When looks came late, the increase since the last look
     * is returned although it spans more than the range, up to three times of it.
     */
    List<Scrape> window(Duration range) throws QueryEvaluator.TooLittleMemory {
        if (range.compareTo(longest) > 0) {
            longest = range;
        }
        if (scrapes.isEmpty()) {
            throw new QueryEvaluator.TooLittleMemory("nothing was scraped yet");
        }
        Instant newest = newestAt();
        Instant oldEnough = newest.minusMillis(range.toMillis() * 9 / 10);
        Instant tooOld = newest.minusMillis(range.toMillis() * 3);
        List<Scrape> window = new ArrayList<>();
        for (Iterator<Scrape> backwards = scrapes.descendingIterator(); backwards.hasNext(); ) {
            Scrape scrape = backwards.next();
            if (scrape.at().isBefore(tooOld)) {
                break;
            }
            window.add(0, scrape);
            if (!scrape.at().isAfter(oldEnough)) {
                return window;
            }
        }
        throw new QueryEvaluator.TooLittleMemory(
                "no scrape from " + range.toMillis() / 1000.0 + " s ago is remembered");
    }
}
