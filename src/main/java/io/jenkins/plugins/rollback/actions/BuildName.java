package io.jenkins.plugins.rollback.actions;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.rollback.config.Items;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A build as the ledger names it.
 *
 * @param job full name of its job, for example {@code folder/job}
 * @param number of the build
 */
public record BuildName(String job, int number) {

    private static final Pattern FORM = Pattern.compile("(.+)#(\\d{1,9})");

    /** @param text for example {@code folder/job#12}; anything else, {@code null} too, is no name */
    public static Optional<BuildName> parse(String text) {
        Matcher matcher = text == null ? null : FORM.matcher(text);
        return matcher != null && matcher.matches()
                ? Optional.of(new BuildName(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** The job; {@code null} when it is gone or the current user may not read it. Loads no build. */
    @SuppressWarnings("rawtypes") // as Jenkins looks jobs up
    public Job find() {
        return Items.find(job, Job.class);
    }

    /** The build; {@code null} when it is gone or the current user may not read it. */
    public Run<?, ?> build() {
        Job<?, ?> found = find();
        return found == null ? null : found.getBuildByNumber(number);
    }
}
