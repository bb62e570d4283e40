package io.jenkins.plugins.rollback.config;

import hudson.Util;
import hudson.model.User;
import hudson.util.FormValidation;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Form validation that several parts of the configuration share. Each one is for administrators alone. */
final class Checks {

    private Checks() {}

    /** Removes blanks around; {@code null} stays. */
    static String trim(String value) {
        return value == null ? null : value.trim();
    }

    /** The words of a list that was typed with commas, blanks or line ends between. */
    static List<String> words(String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split("[,\\s]+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    /** @throws IllegalArgumentException saying where it is wrong */
    static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    Messages.Checks_pattern(regex, e.getDescription(), Math.max(0, e.getIndex())), e);
        }
    }

    /** What something that refuses its input by an {@link IllegalArgumentException} says of it. */
    static FormValidation that(Runnable reading) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            reading.run();
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation name(String field, String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            Names.require(field, trim(value));
            return FormValidation.ok();
        } catch (InvalidNameException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    static FormValidation environment(String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.Checks_required())
                : name("environment", value);
    }

    /** @return what is wrong with the URL of a server, or {@code null} */
    static String urlProblem(String url) {
        try {
            URI uri = URI.create(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (!http || uri.getHost() == null) {
                return Messages.Checks_url(url);
            }
            // a password in a URL ends up in logs; that is what credentials are for
            return uri.getUserInfo() == null ? null : Messages.Checks_userInfo();
        } catch (IllegalArgumentException e) {
            return Messages.Checks_url(url);
        }
    }

    /** Warns about a user whom nobody ever saw; never makes one. */
    static FormValidation user(String id) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String name = Util.fixEmptyAndTrim(id);
        if (name == null) {
            return FormValidation.error(Messages.Checks_required());
        }
        return User.getById(name, false) == null
                ? FormValidation.warning(Messages.Checks_unknownUser(name))
                : FormValidation.ok();
    }
}
