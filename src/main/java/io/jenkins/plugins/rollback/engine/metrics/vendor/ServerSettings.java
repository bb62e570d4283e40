package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.ScrapeSource;
import java.time.Duration;
import java.util.List;

/**
 * What an administrator says of a metric server, but for its credentials.
 *
 * @param id what analysis files call it
 * @param pages addresses; all kinds but {@link ServerKind#SCRAPE} have one
 * @param scope the part of the server's data, see {@link ServerKind}; {@code null} for none
 * @param places where things stand in JSON; {@code null} for all kinds but {@link ServerKind#JSON}
 * @param delay after which the server's data are complete
 */
public record ServerSettings(
        String id, ServerKind kind, List<ScrapeSource.Page> pages, String scope, JsonPlaces places, Duration delay) {

    public ServerSettings {
        pages = List.copyOf(pages);
    }
}
