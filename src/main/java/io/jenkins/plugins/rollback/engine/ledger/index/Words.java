package io.jenkins.plugins.rollback.engine.ledger.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which texts may hold a word that begins in a certain way. Holds no text and no word, only hashes of their beginnings,
 * many words to one hash: whoever asks gets candidates and looks at the text itself, which may be erased meanwhile.
 */
final class Words {

    /** Beginnings of these lengths are looked up, so "checko" finds "checkout"; shorter words count as a whole. */
    private static final int SHORTEST = 3;

    private static final int LONGEST = 6;
    private static final int BUCKETS = 1 << 17;

    private final Ints[] buckets = new Ints[BUCKETS];

    /** Notes the words of an entry's text. Entries come in order. */
    void add(int entry, String text) {
        for (String word : of(text)) {
            for (int length = Math.min(SHORTEST, word.length()); length <= Math.min(LONGEST, word.length()); length++) {
                int bucket = bucket(word, length);
                if (buckets[bucket] == null) {
                    buckets[bucket] = new Ints();
                }
                if (buckets[bucket].last() != entry) {
                    buckets[bucket].add(entry);
                }
            }
        }
    }

    /** Entries, in ascending order, that may hold all of the words; never misses one that does. */
    int[] candidates(List<String> words) {
        int[] common = null;
        for (String word : words) {
            Ints found = buckets[bucket(word, Math.min(LONGEST, word.length()))];
            if (found == null) {
                return new int[0];
            }
            common = common == null ? found.copy() : found.common(common);
        }
        return common == null ? new int[0] : common;
    }

    /** Whether each word is the beginning of a word of the text. */
    static boolean match(List<String> words, String text) {
        List<String> there = of(text);
        return words.stream().allMatch(word -> there.stream().anyMatch(one -> begins(one, word)));
    }

    private static boolean begins(String one, String word) {
        return word.length() < SHORTEST ? one.equals(word) : one.startsWith(word);
    }

    /** Runs of letters and digits, in small letters. */
    static List<String> of(String text) {
        String small = text.toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= small.length(); i++) {
            boolean inside = i < small.length() && Character.isLetterOrDigit(small.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(small.substring(start, i));
                start = -1;
            }
        }
        return words;
    }

    private static int bucket(String word, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + word.charAt(i);
        }
        hash *= 0x9E3779B1; // spreads what differs in the last letter alone
        return hash >>> Integer.numberOfLeadingZeros(BUCKETS - 1);
    }
}
