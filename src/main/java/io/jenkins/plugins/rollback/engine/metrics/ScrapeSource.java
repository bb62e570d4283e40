package io.jenkins.plugins.rollback.engine.metrics;

import io.jenkins.plugins.rollback.engine.model.Names;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Reads {@code /metrics} pages directly, where no Prometheus is at hand. It answers a small part of PromQL (see
 * {@link QueryParser}), so that one analysis file works against both.
 *
 * <p>Increases are taken between what it scraped for earlier looks: it remembers, and there is no thread that scrapes
 * in between. The range in {@code increase(x[1m])} should therefore be the analysis' interval, and the first look after
 * a restart has no increase.
 */
public final class ScrapeSource implements MetricSource {

    /** Queries of one look carry the same moment and share a scrape; gates that look at nearly the same time too. */
    private static final Duration SAME_LOOK = Duration.ofMillis(250);

    private final String id;
    private final List<Page> pages;
    private final HttpPage http;
    private final ScrapeMemory memory = new ScrapeMemory();

    /**
     * A page to scrape.
     *
     * @param url its whole address, {@code http://10.0.0.5:8080/metrics}
     * @param labels added to every series of the page, for example {@code track=canary}
     */
    public record Page(String url, Map<String, String> labels) {
        public Page {
            labels = Map.copyOf(labels);
        }
    }

    /** @throws IllegalArgumentException when a URL is none, or holds a user and password */
    public ScrapeSource(String id, List<Page> pages, MetricCredentials credentials, HttpLimits limits) {
        this(id, pages, ServerAccess.of(credentials, limits));
    }

    /** @throws IllegalArgumentException as the other constructor */
    public ScrapeSource(String id, List<Page> pages, ServerAccess access) {
        this.id = Names.require("metric server", id);
        if (pages.isEmpty()) {
            throw new IllegalArgumentException("metric server '" + id + "': no page to scrape");
        }
        pages.forEach(page -> MetricUrls.parse(id, page.url()));
        this.pages = List.copyOf(pages);
        http = new HttpPage(id, access, RequestSigner.AUTHORIZATION);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public synchronized Reading read(String query, Instant at) throws MetricException, InterruptedException {
        Query parsed;
        try {
            parsed = QueryParser.parse(query);
        } catch (IllegalArgumentException e) {
            throw new MetricException(
                    "metric server '" + id + "' is scraped directly and does not understand the query: "
                            + e.getMessage() + "; the query was: " + HttpPage.excerpt(query),
                    false,
                    null);
        }
        memory.expect(parsed);
        Instant newest = memory.newestAt();
        if (newest == null || at.isAfter(newest.plus(SAME_LOOK))) {
            memory.add(at, scrape());
        } else if (at.isBefore(newest.minus(SAME_LOOK))) {
            return Reading.noData(at, "metric server '" + id + "' is scraped directly and cannot look back");
        }
        return evaluate(query, parsed, at);
    }

    private Reading evaluate(String query, Query parsed, Instant at) throws MetricException {
        Map<Labels, Double> vector;
        try {
            vector = new QueryEvaluator(memory).run(parsed);
        } catch (QueryEvaluator.TooLittleMemory e) {
            return Reading.noData(at, "metric server '" + id + "': " + e.getMessage());
        }
        if (vector.isEmpty()) {
            return Reading.noData(at, "metric server '" + id + "' has no series for: " + HttpPage.excerpt(query));
        }
        if (vector.size() > 1) {
            throw MetricException.severalSeries(
                    "metric server '" + id + "' has", QueryEvaluator.labels(vector), HttpPage.excerpt(query));
        }
        double value = vector.values().iterator().next();
        return Double.isFinite(value)
                ? Reading.of(at, value)
                : Reading.notANumber(at, "metric server '" + id + "': the query gives " + value + ", no number");
    }

    /** Nothing: pages know only the present. */
    @Override
    public List<Reading> range(String query, Instant from, Instant to, Duration step) {
        return List.of();
    }

    @Override
    public void probe() throws IOException, InterruptedException {
        scrape();
    }

    private Map<Labels, Double> scrape() throws MetricException, InterruptedException {
        Map<Labels, Double> series = new HashMap<>();
        for (Page page : pages) {
            HttpUrl url = MetricUrls.parse(id, page.url());
            HttpAnswer answer = http.get(url, "text/plain;version=0.0.4");
            String said = "metric server '" + id + "' answered HTTP " + answer.status();
            if (!answer.isSuccess()) {
                throw answer.isPassing()
                        ? new MetricException(said, answer.retryAfter())
                        : new MetricException(said, false, null);
            }
            if (answer.looksLikeHtml()) {
                throw new MetricException(said + " with an HTML page where metrics were expected", true, null);
            }
            try {
                series.putAll(ExpositionParser.parse(answer.body(), page.labels()));
            } catch (IllegalArgumentException e) {
                throw new MetricException(said + ", but " + e.getMessage(), true, null);
            }
        }
        return series;
    }
}
