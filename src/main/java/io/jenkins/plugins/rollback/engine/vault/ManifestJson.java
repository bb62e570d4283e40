package io.jenkins.plugins.rollback.engine.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.CanonicalJson;
import io.jenkins.plugins.rollback.engine.model.Printable;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Manifests as canonical JSON. One release has one text: what reads differently than it is written is refused. */
final class ManifestJson {

    /** Grows when an older reader would misunderstand. */
    private static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestJson() {}

    static byte[] write(Manifest manifest) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("release", manifest.id().toString());
        ArrayNode files = json.putArray("files");
        manifest.files().forEach(file -> files.add(toJson(file)));
        if (manifest.snapshot() != null) {
            json.set("snapshot", toJson(manifest.snapshot()));
        }
        return CanonicalJson.bytes("manifest", json);
    }

    private static ObjectNode toJson(FileEntry file) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("path", file.path());
        if (file.isLink()) {
            json.put("link", file.link());
        } else {
            json.put("mode", String.format("%04o", file.mode()));
            json.put("sha256", file.sha256());
            json.put("size", file.size());
        }
        return json;
    }

    static Manifest read(byte[] bytes) {
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not a manifest: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalArgumentException("not a manifest: " + e.getMessage());
        }
        JsonNode format = json.path("format");
        if (!format.isInt() || format.intValue() != FORMAT) {
            throw new IllegalArgumentException("not a manifest: format is "
                    + (format.isMissingNode() ? "missing" : Printable.of(format.toString())) + ", this version reads "
                    + FORMAT);
        }
        if (!json.path("files").isArray()) {
            throw new IllegalArgumentException("not a manifest: files is not a list");
        }
        List<FileEntry> files = new ArrayList<>();
        for (JsonNode file : json.path("files")) {
            files.add(fromJson("files[" + files.size() + "]", file));
        }
        FileEntry snapshot = json.has("snapshot") ? fromJson("snapshot", json.get("snapshot")) : null;
        Manifest manifest = new Manifest(ReleaseId.parse(text("release", json.get("release"))), files, snapshot);
        if (!Arrays.equals(bytes, manifest.toBytes())) {
            throw new IllegalArgumentException("not a manifest: not in canonical form, or with unknown keys");
        }
        return manifest;
    }

    private static FileEntry fromJson(String where, JsonNode json) {
        try {
            String path = text("path", json.get("path"));
            if (json.has("link")) {
                return FileEntry.link(path, text("link", json.get("link")));
            }
            JsonNode size = json.path("size");
            if (!size.canConvertToLong() || !size.isIntegralNumber()) {
                throw new IllegalArgumentException("size is not a number");
            }
            String mode = text("mode", json.get("mode"));
            if (!mode.matches("0[0-7]{3}")) {
                throw new IllegalArgumentException("mode is not octal");
            }
            return new FileEntry(
                    path, size.longValue(), Integer.parseInt(mode, 8), text("sha256", json.get("sha256")), null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a manifest: " + where + ": " + e.getMessage());
        }
    }

    private static String text(String key, JsonNode json) {
        if (json == null || !json.isTextual()) {
            throw new IllegalArgumentException(key + " is not a text");
        }
        return json.textValue();
    }
}
