package io.jenkins.plugins.rollback.engine.model;

/** Makes text of unknown origin fit for one line of a message: no control characters, at most 200 characters. */
public final class Printable {

    private static final int LONGEST = 200;

    private Printable() {}

    /** One line of at most 200 characters and an ellipsis. */
    public static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", "?");
    }
}
