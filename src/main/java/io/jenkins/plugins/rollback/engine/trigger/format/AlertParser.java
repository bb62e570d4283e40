package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Makes alerts of what an endpoint receives: reads the body by the sender's format, puts in what the endpoint fixes, and
 * checks names and lengths. Thread safe.
 */
public final class AlertParser {

    private static final int LONGEST_KEY = 1_024;
    private static final int LONGEST_SEVERITY = 256;
    private static final int LONGEST_TEXT = 4_096;

    private static final Pattern LINK = Pattern.compile("https?://[\\x21-\\x7e&&[^\"<>\\\\^`{|}]]{1,1000}");

    private final AlertReader reader;
    private final String service;
    private final String environment;

    /** For a format that says itself which service it means. */
    public AlertParser(AlertFormat format) {
        this(format, null, null, null);
    }

    /**
     * @param mapping needed by {@link AlertFormat#MAPPED}, ignored by others
     * @param service every alert is about this one, whatever it says; {@code null} to believe it
     * @param environment every alert is about this one, whatever it says; {@code null} to believe it
     * @throws IllegalArgumentException when a mapping is needed and there is none
     */
    public AlertParser(AlertFormat format, AlertMapping mapping, String service, String environment) {
        this.reader = format.reader(mapping);
        this.service = service;
        this.environment = environment;
    }

    /**
     * Reads a body.
     *
     * @throws AlertException naming what is wrong, when nothing in it can be read
     */
    public Reading parse(byte[] body) throws AlertException {
        JsonNode root = JsonBody.read(body);
        Drafts drafts = new Drafts();
        reader.read(root, drafts);
        List<AlertException> faults = new ArrayList<>(drafts.faults);
        List<Alert> alerts = new ArrayList<>();
        for (Draft draft : drafts.list) {
            try {
                alerts.add(check(draft));
            } catch (AlertException e) {
                faults.add(e);
            }
        }
        if (alerts.isEmpty() && !faults.isEmpty()) {
            throw faults.get(0);
        }
        return new Reading(
                List.copyOf(alerts),
                faults.stream().map(AlertException::getMessage).toList());
    }

    private Alert check(Draft draft) throws AlertException {
        Target target = new Target(
                name("service", service == null ? draft.service : service),
                name("environment", environment == null ? draft.environment : environment));
        String severity = draft.severity == null ? "unspecified" : key("severity", draft.severity, LONGEST_SEVERITY);
        String dedupe = draft.dedupe == null
                ? target.service() + "/" + target.environment() + "/" + severity
                : key("dedupe", draft.dedupe, LONGEST_KEY);
        // only what a page can offer as a link: another scheme, or markup, is left out rather than refused
        String link = draft.link != null && LINK.matcher(draft.link).matches() ? draft.link : "";
        return new Alert(target, severity, dedupe, draft.state, summary(draft.summary), link, draft.at);
    }

    private static String name(String field, String value) throws AlertException {
        try {
            return Names.require(field, value);
        } catch (InvalidNameException e) {
            throw new AlertException(field, e.getMessage());
        }
    }

    private static String key(String field, String text, int longest) throws AlertException {
        if (text.length() > longest) {
            throw new AlertException(field, "longer than " + longest + " characters");
        }
        return plain(text);
    }

    private static String summary(String text) {
        return text == null
                ? ""
                : plain(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT - 3) + "..." : text);
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
