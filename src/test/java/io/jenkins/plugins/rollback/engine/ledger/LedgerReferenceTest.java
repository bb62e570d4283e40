package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The table of kinds in {@code docs/reference/ledger.md} is what the schemas say; {@code -Dledger.docs=write} makes it. */
public class LedgerReferenceTest {

    private static final String BEGIN = "<!-- kinds: made from the schemas by LedgerReferenceTest -->\n";
    private static final String END = "<!-- end of kinds -->\n";

    @Test
    public void kindsAreDescribedAsTheirSchemasSay() throws Exception {
        Path up = Path.of("").toAbsolutePath();
        while (!Files.exists(up.resolve("docs/reference/ledger.md"))) {
            up = up.getParent();
        }
        Path file = up.resolve("docs/reference/ledger.md");
        String page = Files.readString(file);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(from).isBetween(BEGIN.length(), to);
        if ("write".equals(System.getProperty("ledger.docs"))) {
            Files.writeString(file, page.substring(0, from) + table() + page.substring(to));
        } else {
            assertThat(page.substring(from, to)).isEqualTo(table());
        }
    }

    private static String table() throws Exception {
        StringBuilder table = new StringBuilder("| kind | what happened | keys of `data` |\n|---|---|---|\n");
        for (EventKind kind : EventKind.values()) {
            JsonNode schema = EventSchemasTest.schema(kind.wire());
            table.append("| `").append(kind.wire()).append("` | ");
            table.append(schema.path("description").asText()).append(" | ");
            JsonNode data = schema.at("/properties/data");
            List<String> required = new ArrayList<>();
            data.path("required").forEach(name -> required.add(name.asText()));
            List<String> keys = new ArrayList<>();
            if (schema.has("required")) {
                List<String> names = new ArrayList<>();
                schema.get("required").forEach(name -> names.add("`" + name.asText() + "`"));
                keys.add("beside `data`: " + String.join(" and ", names) + " (always)");
            }
            for (Iterator<Map.Entry<String, JsonNode>> it =
                            data.path("properties").fields();
                    it.hasNext(); ) {
                Map.Entry<String, JsonNode> key = it.next();
                String said = key.getValue().path("description").asText("");
                keys.add("`" + key.getKey() + "`"
                        + (required.contains(key.getKey()) ? " (always)" : "")
                        + " " + type(key.getValue())
                        + (said.isEmpty() ? "" : ": " + said));
            }
            table.append(String.join("; ", keys)).append(" |\n");
        }
        return table.toString();
    }

    private static String type(JsonNode rule) {
        if (!rule.has("type") && !rule.has("enum") && !rule.has("$ref")) {
            return "anything";
        }
        if (rule.has("enum")) {
            List<String> values = new ArrayList<>();
            rule.get("enum").forEach(value -> values.add(value.asText()));
            return String.join("/", values);
        }
        return rule.has("$ref")
                ? rule.get("$ref").asText().replaceAll(".*/", "")
                : rule.path("type").asText();
    }
}
