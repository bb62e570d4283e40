package io.jenkins.plugins.rollback.engine.trigger.setup;

import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An alert in the words of each sender, as short as its reader allows, to try an endpoint out with. */
public final class SampleAlert {

    private SampleAlert() {}

    /**
     * A body that says that something is wrong now.
     *
     * @param target what it is about
     */
    public static String of(AlertFormat format, Target target, Instant now) {
        try (InputStream in = SampleAlert.class.getResourceAsStream("sample/" + format.name() + ".json")) {
            Instant second = now.truncatedTo(ChronoUnit.SECONDS);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@SERVICE@", target.service())
                    .replace("@ENVIRONMENT@", target.environment())
                    .replace("@NOW@", second.toString())
                    .replace("@MILLIS@", Long.toString(second.toEpochMilli()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
