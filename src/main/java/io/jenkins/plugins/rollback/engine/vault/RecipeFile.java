package io.jenkins.plugins.rollback.engine.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.CanonicalJson;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file by which a content exists that was taken apart: canonical JSON that names the piece with its recipe.
 *
 * @param size of the content in bytes
 */
record RecipeFile(PieceRef recipe, long size) {

    private static final int FORMAT = 1;
    private static final String PACK_ID = "[0-9a-f]{32}";
    private static final JsonMapper MAPPER = new JsonMapper();

    byte[] toBytes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT)
                .put("pack", recipe.pack())
                .put("piece", recipe.piece())
                .put("size", size);
        return CanonicalJson.bytes("recipe", json);
    }

    /**
     * Reads one.
     *
     * @return nothing when there is none
     * @throws IOException naming the file when it is damaged
     */
    static Optional<RecipeFile> read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            JsonNode json = MAPPER.readTree(bytes);
            RecipeFile read = new RecipeFile(
                    new PieceRef(json.path("pack").asText(), json.path("piece").asInt(-1)),
                    json.path("size").asLong(-1));
            // the pack's id becomes a file name
            if (read.recipe().pack().matches(PACK_ID) && read.size() >= 0 && Arrays.equals(bytes, read.toBytes())) {
                return Optional.of(read);
            }
        } catch (IOException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        throw new IOException(file + " is damaged: it is no recipe of format " + FORMAT);
    }
}
