package io.jenkins.plugins.rollback.engine.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.People;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The people of an approval: who may answer and who asked. User ids are personal data, so they travel as the free text
 * of {@code approval.asked}, which the ledger keeps in its erasable side table, never in the entry itself.
 */
record AskedOf(SortedSet<String> approvers, SortedSet<String> requesters, List<String> groups) {

    /**
     * Stands in for approvers and groups whose names were erased. No user or group can be called this, so an erased list
     * never turns into "everybody".
     */
    static final String ERASED = "\0erased";

    private static final ObjectMapper JSON = new ObjectMapper();

    String toText() {
        ObjectNode text = JSON.createObjectNode();
        approvers.forEach(text.putArray("approvers")::add);
        requesters.forEach(text.putArray("requesters")::add);
        groups.forEach(text.putArray("groups")::add); // in the order of the entry's numbers
        return text.toString();
    }

    static AskedOf read(Entry asked, People people) {
        JsonNode text = parse(
                asked.reason() == null ? null : people.text(asked.reason()).orElse(null));
        SortedSet<String> approvers = names(text.path("approvers"));
        if (approvers.isEmpty() && asked.data().path("approvers").asInt(0) > 0) {
            approvers = new TreeSet<>(Collections.singleton(ERASED));
        }
        List<String> groups = new ArrayList<>();
        text.path("groups").forEach(name -> groups.add(name.asText()));
        return new AskedOf(
                Collections.unmodifiableSortedSet(approvers),
                Collections.unmodifiableSortedSet(names(text.path("requesters"))),
                List.copyOf(groups));
    }

    private static JsonNode parse(String text) {
        try {
            return text == null ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode(); // another writer's free text: nobody is known
        }
    }

    private static SortedSet<String> names(JsonNode array) {
        SortedSet<String> names = new TreeSet<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}
