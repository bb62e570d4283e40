package io.jenkins.plugins.rollback.engine.model;

/** Text that goes into HTML, SVG or XML which is written without a template. */
public final class Markup {

    private Markup() {}

    /** The text with everything escaped that means something in an element or in an attribute with any quotes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
