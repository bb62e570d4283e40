package io.jenkins.plugins.rollback.engine.gate;

/**
 * A parsed analysis file ({@code rollback/canary.yaml}): what is watched, for how long, and how sure one wants to be.
 */
public final class Analysis {

    private Analysis() {}

    /**
     * Reads an analysis file.
     *
     * @param yaml its text
     * @param fileName for messages
     * @throws AnalysisException listing every problem with line and column
     */
    public static Analysis parse(String yaml, String fileName) throws AnalysisException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** SHA-256 of the text it was read from, lower-case hexadecimal; recorded with every gate. */
    public String hash() {
        throw new UnsupportedOperationException("skeleton");
    }
}
