package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which releases of a service in an environment are kept. Each part keeps some, and a release that one part keeps stays;
 * a rule without any part keeps everything.
 *
 * @param service or {@code null} for all that no rule names
 * @param environment or {@code null} for all that no rule names, and for releases that belong to none
 * @param lastGood how many of the newest good releases are kept, and what was retained since the newest; 0 for none
 * @param time for how long a release is kept after it was retained, or last deployed there; or {@code null}
 * @param versions versions that are kept; {@code *} stands for any characters, {@code ?} for one
 */
public record ReleaseRule(String service, String environment, int lastGood, Period time, List<String> versions) {

    /** More than this is no help, and would have to be looked for in the whole history of each environment. */
    public static final int MOST = 10_000;

    private static final Pattern GLOB = Pattern.compile("[A-Za-z0-9._+*?-]{1,128}");

    /** @throws IllegalArgumentException saying which part makes no sense */
    public ReleaseRule {
        if (service != null) {
            Names.require("service", service);
        }
        if (environment != null) {
            Names.require("environment", environment);
        }
        if (lastGood < 0 || lastGood > MOST) {
            throw new IllegalArgumentException("'" + lastGood + "' is no number of releases from 1 to " + MOST);
        }
        versions = List.copyOf(versions);
        versions.forEach(ReleaseRule::requireGlob);
    }

    /**
     * Reads a period like {@code P90D}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static Period period(String text) {
        return RetentionPolicy.period(text);
    }

    /** @throws IllegalArgumentException when no version could look like this */
    public static String requireGlob(String glob) {
        if (!GLOB.matcher(glob).matches()) {
            throw new IllegalArgumentException("'" + glob.replaceAll("\\p{Cntrl}", "?")
                    + "' is no pattern of versions: expected letters, digits, '.', '_', '+', '-', '*' and '?'");
        }
        return glob;
    }

    /** Whether it drops nothing. */
    public boolean keepsEverything() {
        return lastGood == 0 && time == null && versions.isEmpty();
    }

    boolean isFor(String someService, String someEnvironment) {
        return (service == null || service.equals(someService))
                && (environment == null || environment.equals(someEnvironment));
    }

    /** Of two rules for the same, the more precise counts: a service before an environment. */
    int precision() {
        return (service == null ? 0 : 2) + (environment == null ? 0 : 1);
    }

    boolean keepsVersion(String version) {
        return versions.stream().anyMatch(glob -> matches(glob, version));
    }

    /** By hand and without going back more than one star: a regular expression could take for ever. */
    static boolean matches(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                resume = t;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == text.charAt(t))) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    /** Whether something that was last used then is still within its time. */
    boolean isWithinTime(Instant lastUsed, Instant now) {
        return time != null
                && !lastUsed.isBefore(now.atOffset(ZoneOffset.UTC).minus(time).toInstant());
    }

    /** For a person and for the ledger, for example {@code checkout/production keeps the last 5 good, P90D}. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        if (lastGood > 0) {
            parts.add("the last " + lastGood + " good");
        }
        if (time != null) {
            parts.add(time.toString());
        }
        if (!versions.isEmpty()) {
            parts.add("versions " + String.join(" ", versions));
        }
        return (service == null ? "*" : service) + "/" + (environment == null ? "*" : environment) + " keeps "
                + (parts.isEmpty() ? "everything" : String.join(", ", parts));
    }
}
