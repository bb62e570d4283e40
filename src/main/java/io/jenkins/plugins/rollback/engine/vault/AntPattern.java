package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An Ant pattern, as Jenkins users write them: {@code ?} is one character, {@code *} any number of characters within a
 * name, {@code **} any number of folders, a trailing {@code /} everything below. Case matters. A pattern {@code a/**}
 * matches {@code a} itself, too, as in Ant; unlike in Ant nothing is excluded by default.
 *
 * <p>Matching runs all alternatives side by side, so that no pattern takes exponential time.
 */
final class AntPattern {

    private static final String ANY_FOLDERS = "**";

    private final String text;
    private final List<String> parts;

    private AntPattern(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Reads a list of patterns, separated by commas.
     *
     * @throws IllegalArgumentException when there is none, or one is absolute or has a {@code ..} part
     */
    static List<AntPattern> parseList(String patterns) {
        List<AntPattern> list = new ArrayList<>();
        for (String pattern : (patterns == null ? "" : patterns).split(",")) {
            if (!pattern.isBlank()) {
                list.add(parse(pattern.strip()));
            }
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException("no pattern says which files belong to the release");
        }
        return list;
    }

    private static AntPattern parse(String text) {
        String slashes = text.replace('\\', '/');
        if (slashes.startsWith("/") || slashes.matches("[A-Za-z]:.*")) {
            throw new IllegalArgumentException(
                    "pattern '" + Printable.of(text) + "' leaves the folder: it must be relative");
        }
        String whole = slashes.endsWith("/") ? slashes + ANY_FOLDERS : slashes;
        List<String> parts = new ArrayList<>();
        for (String part : whole.split("/")) {
            if (part.equals("..")) {
                throw new IllegalArgumentException("pattern '" + Printable.of(text) + "' leaves the folder");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return new AntPattern(text, parts);
    }

    /** Whether a file with this relative path (with {@code /}) belongs to it. */
    boolean matches(String path) {
        return after(path).get(parts.size());
    }

    /** Whether a file below this folder could match: a folder for which no pattern says yes need not be entered. */
    boolean mayMatchBelow(String folder) {
        int alive = after(folder).nextSetBit(0);
        return alive >= 0 && alive < parts.size();
    }

    /** The positions in the pattern at which matching can stand after these names. */
    private BitSet after(String path) {
        BitSet positions = new BitSet(parts.size() + 1);
        positions.set(0);
        skipAnyFolders(positions);
        for (String name : path.split("/")) {
            BitSet next = new BitSet(parts.size() + 1);
            for (int i = positions.nextSetBit(0); i >= 0 && i < parts.size(); i = positions.nextSetBit(i + 1)) {
                if (parts.get(i).equals(ANY_FOLDERS)) {
                    next.set(i);
                } else if (matchesName(parts.get(i), name)) {
                    next.set(i + 1);
                }
            }
            skipAnyFolders(next);
            positions = next;
        }
        return positions;
    }

    /** {@code **} may stand for no folder at all. */
    private void skipAnyFolders(BitSet positions) {
        for (int i = 0; i < parts.size(); i++) {
            if (positions.get(i) && parts.get(i).equals(ANY_FOLDERS)) {
                positions.set(i + 1);
            }
        }
    }

    private static boolean matchesName(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int retry = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                retry = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether it names exactly one path. */
    boolean isLiteral() {
        return parts.stream().noneMatch(part -> part.indexOf('*') >= 0 || part.indexOf('?') >= 0);
    }

    /** The names before the first wildcard, as a path with {@code /}; empty when it begins with one. */
    String literalPrefix() {
        List<String> names = new ArrayList<>();
        for (String part : parts) {
            if (part.indexOf('*') >= 0 || part.indexOf('?') >= 0) {
                break;
            }
            names.add(part);
        }
        return String.join("/", names);
    }

    /** As the user wrote it. */
    @Override
    public String toString() {
        return text;
    }
}
