package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers for texts that come again and again: a column then holds four bytes where an entry holds a text. */
final class Dictionary {

    /** The number of a text that is absent. */
    static final int NONE = 0;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    Dictionary() {
        texts.add(null);
    }

    /** The number of a text, a new one when it is new. */
    int number(String text) {
        if (text == null) {
            return NONE;
        }
        Integer known = numbers.get(text);
        if (known == null) {
            known = texts.size();
            numbers.put(text, known);
            texts.add(text);
        }
        return known;
    }

    /** The number of a text, or -1 when no entry has it. */
    int find(String text) {
        return numbers.getOrDefault(text, -1);
    }

    void save(StateWriter out) {
        out.each(texts.subList(1, texts.size()), out::text);
    }

    static Dictionary load(StateReader in) {
        Dictionary dictionary = new Dictionary();
        in.each(() -> dictionary.number(in.text()));
        return dictionary;
    }

    /** All texts by their number; the first is {@code null}. */
    List<String> texts() {
        return texts;
    }
}
