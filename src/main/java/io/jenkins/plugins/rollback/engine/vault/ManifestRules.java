package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a list of files must satisfy to be restored anywhere without harm. Everything that writes or believes a path
 * goes through here, so that a manifest from a hostile agent or a tampered disk can do nothing outside its folder.
 */
final class ManifestRules {

    /** More links than this on the way to a file is a circle; what Linux allows, too. */
    private static final int MOST_LINKS = 40;

    private static final int LONGEST_PATH = 4096;

    private ManifestRules() {}

    static void check(List<FileEntry> files, FileEntry snapshot) {
        Map<String, FileEntry> byPath = new HashMap<>();
        for (FileEntry file : files) {
            checkPath(file.path());
            if (byPath.put(file.path(), file) != null) {
                throw refuse(file.path(), "stands twice in the release");
            }
        }
        for (FileEntry file : files) {
            checkParents(file.path(), byPath);
            if (file.isLink()) {
                checkLink(file, byPath);
            }
        }
        if (snapshot != null) {
            checkPath(snapshot.path());
            if (snapshot.isLink()) {
                throw refuse(snapshot.path(), "is a link; a snapshot is a file");
            }
        }
    }

    /** @throws IllegalArgumentException when the path is not plainly relative */
    static void checkPath(String path) {
        if (path.isEmpty() || path.length() > LONGEST_PATH) {
            throw refuse(path, "is empty or longer than " + LONGEST_PATH + " characters");
        }
        checkCharacters(path, path);
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refuse(path, "is not a plain relative path");
            }
        }
    }

    private static void checkCharacters(String path, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || Character.isISOControl(c)) {
                throw refuse(path, "has a backslash or a control character in its name");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refuse(path, "has a name that is not valid Unicode");
                }
                i++;
            }
        }
    }

    private static void checkParents(String path, Map<String, FileEntry> byPath) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            FileEntry parent = byPath.get(path.substring(0, slash));
            if (parent != null) {
                throw refuse(path, "lies below " + (parent.isLink() ? "the link " : "the file ") + parent.path());
            }
        }
    }

    /**
     * Follows a link as the system would, through the other links of the release. Reading the target as text is not
     * enough: {@code a -> ..} in a folder makes {@code x -> folder/a/..} lead out although neither looks like it.
     */
    private static void checkLink(FileEntry link, Map<String, FileEntry> byPath) {
        String target = link.link();
        if (target.isEmpty() || target.length() > LONGEST_PATH || target.startsWith("/")) {
            throw refuse(link.path(), "is a link to '" + Printable.of(target) + "', which is not a relative path");
        }
        checkCharacters(link.path(), target);
        Deque<String> at = new ArrayDeque<>(Arrays.asList(link.path().split("/")));
        at.removeLast();
        Deque<String> toGo = new ArrayDeque<>(Arrays.asList(target.split("/")));
        int followed = 1;
        while (!toGo.isEmpty()) {
            String part = toGo.removeFirst();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (at.isEmpty()) {
                    throw refuse(
                            link.path(),
                            "is a link to '" + Printable.of(target) + "', which leads out of the release's folder");
                }
                at.removeLast();
                continue;
            }
            at.addLast(part);
            FileEntry next = byPath.get(String.join("/", at));
            if (next != null && next.isLink()) {
                if (++followed > MOST_LINKS) {
                    throw refuse(link.path(), "is a link that leads in a circle");
                }
                at.removeLast();
                String[] parts = next.link().split("/");
                if (next.link().startsWith("/")) {
                    throw refuse(link.path(), "leads through a link that is not relative");
                }
                for (int i = parts.length - 1; i >= 0; i--) {
                    toGo.addFirst(parts[i]);
                }
            }
        }
        String end = String.join("/", at);
        if (end.isEmpty() || (link.path() + "/").startsWith(end + "/")) {
            throw refuse(link.path(), "is a link to a folder that it lies in: whoever follows it walks in a circle");
        }
    }

    private static IllegalArgumentException refuse(String path, String why) {
        return new IllegalArgumentException("'" + Printable.of(path) + "' " + why);
    }
}
