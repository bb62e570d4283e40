package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;

/**
 * One row of the side table: what a commitment stands for, and the salt that proves it.
 *
 * @param kind {@code actor}, {@code text}, or {@code dropped} (the row of that commitment is to be left out)
 * @param clear the clear text, or {@code null} when dropped
 * @param salt hexadecimal, or {@code null} when dropped
 */
public record PeopleRow(String kind, String commitment, String clear, String salt) {

    static final String ACTOR = "actor";
    static final String TEXT = "text";
    static final String DROPPED = "dropped";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KINDS = Set.of(ACTOR, TEXT, DROPPED);

    static PeopleRow make(String kind, String clear, Random random) {
        byte[] salt = new byte[Commitments.SALT];
        random.nextBytes(salt);
        return new PeopleRow(
                kind, Commitments.of(salt, clear), clear, HexFormat.of().formatHex(salt));
    }

    static PeopleRow dropped(String commitment) {
        return new PeopleRow(DROPPED, commitment, null, null);
    }

    byte[] bytes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", kind).put("commitment", commitment);
        if (clear != null) {
            json.put("clear", clear).put("salt", salt);
        }
        return CanonicalJson.bytes("reason", json);
    }

    /** @throws DamagedLedgerException when the row is not one, or its commitment does not stand for its text */
    static PeopleRow parse(long number, byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            PeopleRow row = new PeopleRow(
                    json.path("kind").asText(),
                    json.path("commitment").asText(),
                    json.path("clear").asText(null),
                    json.path("salt").asText(null));
            boolean holds = row.kind.equals(DROPPED)
                    || row.clear != null
                            && row.salt != null
                            && Commitments.of(HexFormat.of().parseHex(row.salt), row.clear)
                                    .equals(row.commitment);
            if (KINDS.contains(row.kind) && holds && Arrays.equals(row.bytes(), bytes)) {
                return row;
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException e) {
            throw new DamagedLedgerException("people/table: row " + number + " cannot be read");
        }
        throw new DamagedLedgerException("people/table: row " + number + " does not match its commitment");
    }
}
