package io.jenkins.plugins.rollback.config;

import java.util.SortedMap;
import java.util.TreeMap;

/** How many of which groups: {@code release-managers: 1, security: 1}. A group without a number is meant once. */
final class GroupCounts {

    private static final int MOST = 1000;

    private GroupCounts() {}

    /**
     * Reads it.
     *
     * @param text entries with commas or line ends between; a name may hold blanks and colons; {@code null} is none
     * @throws IllegalArgumentException naming the entry and what is wrong with it
     */
    static SortedMap<String, Integer> parse(String text) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (String entry : (text == null ? "" : text).split("[,\\r\\n]+")) {
            if (!entry.isBlank()) {
                add(entry.strip(), counts);
            }
        }
        return counts;
    }

    private static void add(String entry, SortedMap<String, Integer> counts) {
        int colon = entry.lastIndexOf(':');
        String number = colon < 0 ? "1" : entry.substring(colon + 1).strip();
        String name = colon < 0 ? entry : entry.substring(0, colon).strip();
        if (name.isEmpty() || !number.matches("[1-9][0-9]{0,3}") || Integer.parseInt(number) > MOST) {
            throw new IllegalArgumentException(Messages.GroupCounts_entry(entry));
        }
        if (counts.put(name, Integer.valueOf(number)) != null) {
            throw new IllegalArgumentException(Messages.GroupCounts_twice(name));
        }
    }
}
