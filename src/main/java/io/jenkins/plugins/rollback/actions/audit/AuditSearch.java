package io.jenkins.plugins.rollback.actions.audit;

import hudson.Util;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.kohsuke.stapler.StaplerRequest2;

/** What the fields of the audit page ask for. A field that cannot be understood is named and finds nothing. */
public final class AuditSearch {

    private static final List<String> FIELDS =
            List.of("service", "environment", "version", "rollback", "actor", "kind", "from", "to", "text");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Query query = Query.all();
    private final ZoneId zone;
    private long before = Long.MAX_VALUE;

    private AuditSearch(ZoneId zone) {
        this.zone = zone;
    }

    static AuditSearch of(StaplerRequest2 request) {
        AuditSearch search = new AuditSearch(ZoneId.systemDefault());
        for (String field : FIELDS) {
            String value = Util.fixEmptyAndTrim(request.getParameter(field));
            if (value != null) {
                search.values.put(field, value);
            }
        }
        search.read(Util.fixEmptyAndTrim(request.getParameter("before")));
        return search;
    }

    private void read(String next) {
        take("service", query::service);
        take("environment", query::environment);
        take("version", query::version);
        take("rollback", query::subject);
        take("actor", query::actor);
        take("text", query::text);
        take("kind", kind -> {
            if (!kinds().contains(kind) && EventKind.ofWire(kind).isEmpty()) {
                problems.add(Messages.AuditSearch_kind(kind, String.join(", ", kinds())));
            }
            query.kind(kind);
        });
        take("from", text -> query.from(moment("from", text, 0)));
        take("to", text -> query.to(moment("to", text, 1))); // the day that is named belongs to the period
        if (next != null) {
            try {
                before = Long.parseLong(next);
            } catch (NumberFormatException e) {
                problems.add(Messages.AuditSearch_before(next));
            }
        }
    }

    private void take(String field, Consumer<String> taker) {
        if (values.containsKey(field)) {
            taker.accept(values.get(field));
        }
    }

    private Instant moment(String field, String text, int daysLater) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(daysLater)
                            .atStartOfDay(zone)
                            .withZoneSameInstant(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException e) {
            problems.add(Messages.AuditSearch_moment(field, text));
            return null;
        }
    }

    /** What is in the fields, to be shown again. */
    public Map<String, String> getValues() {
        return values;
    }

    /** What could not be understood, a sentence each. */
    public List<String> getProblems() {
        return problems;
    }

    Query query() {
        return query;
    }

    /** Only entries before this index are wanted. */
    long before() {
        return before;
    }

    /** The address of the page that goes on before an entry. */
    String urlBefore(long entry) {
        StringBuilder url = new StringBuilder("?before=").append(entry);
        values.forEach(
                (field, value) -> url.append('&').append(field).append('=').append(Util.rawEncode(value)));
        return url.toString();
    }

    /** First words of the kinds: {@code rollback} stands for {@code rollback.done} and its like. */
    public static List<String> kinds() {
        return Arrays.stream(EventKind.values())
                .map(kind -> kind.wire().replaceAll("\\..*", ""))
                .distinct()
                .sorted()
                .toList();
    }
}
