package io.jenkins.plugins.rollback.engine.ledger;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a log's epochs: a base that stays, and a number that counts on when a person confirms a new one. */
public final class Epochs {

    private static final Pattern NUMBERED = Pattern.compile("(.*)/([0-9]{1,9})(-[0-9a-f]+)?");

    private Epochs() {}

    /**
     * The origin of the epoch that follows. It has a random part: two copies that are both confirmed must not get one
     * name.
     *
     * @param origin for example {@code jenkins.example.org/release-rollback/1}
     */
    public static String after(String origin, Random random) {
        Matcher numbered = NUMBERED.matcher(origin);
        String apart = String.format("-%08x", random.nextInt());
        return numbered.matches()
                ? numbered.group(1) + "/" + (Long.parseLong(numbered.group(2)) + 1) + apart
                : origin + "/2" + apart;
    }

    /** Whether a signed checkpoint speaks for a log of this name, in whichever epoch; says nothing about its signature. */
    public static boolean isOfLog(String note, String origin) {
        return base(note.lines().findFirst().orElse("")).equals(base(origin));
    }

    private static String base(String origin) {
        Matcher numbered = NUMBERED.matcher(origin);
        return numbered.matches() ? numbered.group(1) : origin;
    }
}
