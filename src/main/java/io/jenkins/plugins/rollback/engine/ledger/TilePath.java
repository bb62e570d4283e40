package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where C2SP tlog-tiles puts a tile or a bundle of entries.
 *
 * @param level of the tile, or {@link #ENTRIES} for a bundle
 * @param number from 0
 * @param width how many hashes or entries it holds, 1 to 256
 */
record TilePath(int level, long number, int width) {

    /** The "level" of entry bundles. */
    static final int ENTRIES = -1;
    /** Hashes in a full tile, entries in a full bundle. */
    static final int FULL = 256;

    private static final Pattern FORM =
            Pattern.compile("(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** The path below {@code tile/}, for example {@code 0/x001/067.p/8}. */
    @Override
    public String toString() {
        StringBuilder name = new StringBuilder(String.format("%03d", number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            name.insert(0, String.format("x%03d/", rest % 1000));
        }
        name.insert(0, (level == ENTRIES ? "entries" : Integer.toString(level)) + "/");
        return width == FULL ? name.toString() : name + ".p/" + width;
    }

    /** The file, below the ledger's directory. */
    Path in(Path ledger) {
        return ledger.resolve("tile").resolve(toString());
    }

    /** Reads {@link #toString()} back; empty when the text is not exactly of that form. */
    static Optional<TilePath> parse(String path) {
        Matcher form = FORM.matcher(path);
        if (!form.matches()) {
            return Optional.empty();
        }
        String digits = form.group(2).replaceAll("[x/]", "");
        if (digits.length() > 18) {
            return Optional.empty();
        }
        TilePath tile = new TilePath(
                form.group(1).equals("entries") ? ENTRIES : Integer.parseInt(form.group(1)),
                Long.parseLong(digits),
                form.group(3) == null ? FULL : Integer.parseInt(form.group(3)));
        return tile.toString().equals(path) ? Optional.of(tile) : Optional.empty();
    }

    /** How many entries one hash (or entry) of it stands for. */
    long span() {
        return level <= 0 ? 1 : 1L << 8 * level;
    }

    /** Index of the first entry that it says something about. */
    long first() {
        return number * FULL * span();
    }

    /** How wide it is in a tree of that size; 0 when it does not exist there. */
    int widthIn(long size) {
        return (int) Math.max(0, Math.min(FULL, size / span() - number * FULL));
    }
}
