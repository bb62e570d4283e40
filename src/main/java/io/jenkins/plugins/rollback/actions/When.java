package io.jenkins.plugins.rollback.actions;

import hudson.Util;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** A moment as a page shows it: how long ago, with the exact time at hand. */
public final class When {

    private final Instant at;

    private When(Instant at) {
        this.at = at;
    }

    /** @return {@code null} for {@code null} */
    public static When of(Instant at) {
        return at == null ? null : new When(at);
    }

    /** For the {@code datetime} attribute. */
    public String getIso() {
        return at.toString();
    }

    /** In the viewer's language and the controller's time zone. */
    public String getExact() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        Locale locale = request == null ? Locale.getDefault() : request.getLocale();
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(ZoneId.systemDefault())
                .format(at);
    }

    /** {@code 3 min 2 sec ago}, or {@code in 1 hr}. */
    public String getRelative() {
        long millis = System.currentTimeMillis() - at.toEpochMilli();
        String span = Util.getTimeSpanString(Math.abs(millis));
        return millis >= 0 ? Messages.When_ago(span) : Messages.When_in(span);
    }

    @Override
    public String toString() {
        return getIso();
    }
}
