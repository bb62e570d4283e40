package io.jenkins.plugins.rollback.engine.vault.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.CanonicalJson;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored release as an image manifest of OCI 1.1, in every store, so that the tools of registries can read it. The
 * release's manifest is its config; each file of the vault is a layer whose title is the file's name.
 */
final class ReleaseDocument {

    static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";
    static final String ARTIFACT_TYPE = "application/vnd.release-rollback.release.v1";
    private static final String CONFIG_TYPE = "application/vnd.release-rollback.manifest.v1+json";
    private static final String LAYER_TYPE = "application/octet-stream";

    /** By this annotation a client that pulls the artifact names the files. */
    private static final String TITLE = "org.opencontainers.image.title";

    private static final String RELEASE = "io.jenkins.release-rollback.release";
    private static final String DIGEST = "sha256:";
    private static final JsonMapper MAPPER = new JsonMapper();

    private ReleaseDocument() {}

    static byte[] write(StoredRelease release) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schemaVersion", 2).put("mediaType", MEDIA_TYPE).put("artifactType", ARTIFACT_TYPE);
        describe(json.putObject("config"), CONFIG_TYPE, release.manifest());
        var layers = json.putArray("layers");
        for (StoredPart part : release.parts()) {
            ObjectNode layer = layers.addObject();
            describe(layer, LAYER_TYPE, part.blob());
            layer.putObject("annotations").put(TITLE, part.name());
        }
        json.putObject("annotations").put(RELEASE, release.id().toString());
        return CanonicalJson.bytes("release document", json);
    }

    private static void describe(ObjectNode json, String type, Blob blob) {
        json.put("mediaType", type).put("digest", blob.digest()).put("size", blob.size());
    }

    static StoredRelease read(byte[] document) {
        JsonNode json;
        try {
            json = MAPPER.readTree(document);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is no JSON", e); // the parser's words would quote the document
        }
        if (!ARTIFACT_TYPE.equals(json.path("artifactType").asText())) {
            throw new IllegalArgumentException("it is no release of ours: artifactType is not " + ARTIFACT_TYPE);
        }
        List<StoredPart> parts = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
            parts.add(new StoredPart(layer.path("annotations").path(TITLE).asText(), blob(layer)));
        }
        ReleaseId id = ReleaseId.parse(json.path("annotations").path(RELEASE).asText());
        return new StoredRelease(id, blob(json.path("config")), parts);
    }

    private static Blob blob(JsonNode descriptor) {
        String digest = descriptor.path("digest").asText();
        if (!digest.startsWith(DIGEST) || !descriptor.path("size").canConvertToLong()) {
            throw new IllegalArgumentException("a descriptor has no SHA-256 or no size");
        }
        return new Blob(
                digest.substring(DIGEST.length()), descriptor.path("size").asLong(-1));
    }
}
