package io.jenkins.plugins.rollback.engine.trigger.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The log of one endpoint as a JSON file, {@code <id>.json}. Written aside and renamed, not forced to the disk: losing it
 * loses no record.
 */
final class DeliveryFile {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ENDING = ".json";

    private final Path file;

    /** @param endpoint its id, whose letters are safe in the name of a file */
    DeliveryFile(Path folder, String endpoint) {
        this.file = folder.resolve(endpoint + ENDING);
    }

    /** Removes the files of endpoints that are gone. */
    static void keepOnly(Path folder, Collection<String> endpoints) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path each : files) {
                String name = String.valueOf(each.getFileName());
                if (!endpoints.contains(name.substring(0, name.length() - ENDING.length()))) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    List<LoggedDelivery> read() throws IOException {
        List<LoggedDelivery> deliveries = new ArrayList<>();
        if (Files.exists(file)) {
            for (JsonNode each : JSON.readTree(file.toFile())) {
                deliveries.add(delivery(each));
            }
        }
        return deliveries;
    }

    void write(List<LoggedDelivery> deliveries) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        deliveries.forEach(delivery -> all.add(json(delivery)));
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.write(next, JSON.writeValueAsBytes(all));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode json(LoggedDelivery delivery) {
        ObjectNode json = JSON.createObjectNode()
                .put("at", delivery.at().toString())
                .put("from", delivery.from())
                .put("outcome", delivery.outcome().name())
                .put("status", delivery.status())
                .put("reason", delivery.reason())
                .put("kind", delivery.kind())
                .put("body", delivery.body())
                .put("bytes", delivery.bytes())
                .put("times", delivery.times());
        delivery.headers().forEach(json.putArray("headers")::add);
        ArrayNode effects = json.putArray("effects");
        for (Effect effect : delivery.effects()) {
            effects.addObject()
                    .put("about", effect.about())
                    .put("state", effect.state())
                    .put("outcome", effect.outcome())
                    .put("why", effect.why())
                    .put("rollback", effect.rollback())
                    .put("entry", effect.entry());
        }
        return json;
    }

    private static LoggedDelivery delivery(JsonNode json) {
        List<String> headers = new ArrayList<>();
        json.path("headers").forEach(header -> headers.add(header.asText()));
        List<Effect> effects = new ArrayList<>();
        for (JsonNode effect : json.path("effects")) {
            effects.add(new Effect(
                    effect.path("about").asText(),
                    effect.path("state").asText(),
                    effect.path("outcome").asText(),
                    effect.path("why").asText(null),
                    effect.path("rollback").asText(null),
                    effect.path("entry").asLong(-1)));
        }
        return new LoggedDelivery(
                Instant.parse(json.path("at").asText()),
                json.path("from").asText(),
                Outcome.valueOf(json.path("outcome").asText()),
                json.path("status").asInt(),
                json.path("reason").asText(),
                json.path("kind").asText(),
                headers,
                json.path("body").asText(),
                json.path("bytes").asLong(),
                json.path("times").asLong(1),
                effects);
    }
}
