package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the ledger holds about one person: for the person to see, and to be erased. */
public final class PersonalRecords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 1024;

    private final Ledger ledger;

    public PersonalRecords(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The texts in which a name stands, for an eraser to look at.
     *
     * @param names an id, a full name, an address: each as a word of its own, in capitals or not
     * @return commitments, oldest first
     */
    public List<String> textsNaming(Collection<String> names) {
        return ledger.people().texts(naming(names));
    }

    private static Predicate<String> naming(Collection<String> names) {
        List<Pattern> words = names.stream()
                .filter(name -> !name.isBlank())
                .map(name -> Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(name.strip()) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
                .toList();
        return text -> words.stream().anyMatch(word -> word.matcher(text).find());
    }

    /**
     * Everything that is recorded about a person: what the person did, with the entries' very content, and every text
     * that names the person, whoever wrote it.
     *
     * @param names further names of the same person, see {@link #textsNaming}
     */
    public ObjectNode about(Actor person, Collection<String> names) throws IOException {
        Set<String> all = new LinkedHashSet<>(names);
        all.add(person.id());
        Set<String> naming = new LinkedHashSet<>(textsNaming(all));
        String commitment = ledger.people().commitment(person).orElse(null);
        ObjectNode about = JsonNodeFactory.instance.objectNode();
        about.put("person", person.toString());
        about.put("commitment", commitment);
        about.put("ledger", ledger.origin());
        ArrayNode did = about.putArray("did");
        ArrayNode named = about.putArray("named");
        long size = ledger.size();
        for (long from = 0; from < size; from += PAGE) {
            for (Entry entry : ledger.entries(from, Math.min(size, from + PAGE))) {
                boolean own = entry.actor().equals(commitment);
                if (own) {
                    did.add(shown(entry));
                }
                if (entry.reason() != null && naming.remove(entry.reason()) && !own) {
                    named.add(shown(entry));
                }
            }
        }
        return about;
    }

    private ObjectNode shown(Entry entry) throws IOException {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().put("index", entry.index());
        if (entry.reason() != null) {
            shown.put("reason", ledger.people().text(entry.reason()).orElse(null));
        }
        shown.set("entry", JSON.readTree(ledger.raw(entry.index())));
        return shown;
    }

    /**
     * What an erasure removed.
     *
     * @param rows of the side table, the texts among them
     * @param texts how many texts
     * @param entry index of the entry that records it
     */
    public record Erased(int rows, int texts, long entry) {}

    /**
     * Erases a person and records that it was done: the record names nobody, it holds the commitment that now says
     * "erased person".
     *
     * @param eraser who asked for it
     * @param texts commitments of the texts that go too
     * @throws IllegalArgumentException when there is nothing of this person or these texts
     */
    public Erased erase(Actor eraser, Actor person, Collection<String> texts) throws IOException {
        String commitment = ledger.people().commitment(person).orElse(null);
        List<String> there = new ArrayList<>();
        for (String text : new LinkedHashSet<>(texts)) {
            if (ledger.people().text(text).isPresent()) {
                there.add(text);
            }
        }
        if (commitment == null && there.isEmpty()) {
            throw new IllegalArgumentException("the ledger holds no name and no such text of this person");
        }
        // before it takes effect, like everything; an erasure that is cut short is asked for again
        Entry entry = ledger.append(Event.of(EventKind.PERSON_ERASED)
                .actor(eraser)
                .with("person", commitment)
                .with("texts", there.size()));
        int rows = ledger.people().erase(person, there);
        return new Erased(rows, there.size(), entry.index());
    }
}
