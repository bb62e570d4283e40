package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, of which the tests run every file that it shows. */
final class Markdown {

    private final Path file;
    private final String text;

    private Markdown(Path file) throws IOException {
        this.file = file;
        this.text = Files.readString(file);
    }

    /** @param path below the top of the checkout, for example {@code README.md} */
    static Markdown of(String path) throws IOException {
        return new Markdown(Path.of("../..").resolve(path));
    }

    /**
     * Finds the file that a page shows.
     *
     * @param name as the page has it, in backquotes, in the nearest text before a fenced block
     * @return the text in the fence
     */
    String shown(String name) {
        Matcher fence = Pattern.compile(
                        "`" + Pattern.quote(name) + "`[^`]*(?:`[^`\\n]+`[^`]*)*?```\\w*\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(text);
        if (!fence.find()) {
            throw new AssertionError(file + " shows no " + name);
        }
        return fence.group(1) + "\n";
    }

    /**
     * Finds the block after a mark.
     *
     * @param mark an HTML comment
     * @return the text in the first fence after it
     */
    String after(String mark) {
        Matcher fence = Pattern.compile("```\\w*\\n(.*?)\\n```", Pattern.DOTALL).matcher(text);
        int from = text.indexOf(mark);
        if (from < 0 || !fence.find(from)) {
            throw new AssertionError(file + " has no block after " + mark);
        }
        return fence.group(1) + "\n";
    }
}
