package io.jenkins.plugins.rollback.engine.model;

/**
 * The name of a release: an immutable, versioned set of artifacts of one service.
 *
 * @param service for example {@code checkout}
 * @param version for example {@code 1.4.2}
 */
public record ReleaseId(String service, String version) implements Comparable<ReleaseId> {

    /** @throws InvalidNameException when either name breaks {@link Names} */
    public ReleaseId {
        Names.require("service", service);
        Names.require("version", version);
    }

    /**
     * Reads {@code service/version}.
     *
     * @throws InvalidNameException when the text is not two valid names with a slash between
     */
    public static ReleaseId parse(String text) {
        int slash = text == null ? -1 : text.indexOf('/');
        if (slash < 0) {
            throw new InvalidNameException("release '" + text + "' is not of the form service/version");
        }
        return new ReleaseId(text.substring(0, slash), text.substring(slash + 1));
    }

    /** By service, then by the text of the version (not by the order in which releases were made). */
    @Override
    public int compareTo(ReleaseId other) {
        int byService = service.compareTo(other.service);
        return byService != 0 ? byService : version.compareTo(other.version);
    }

    /** {@code service/version}; {@link #parse} reads it back. */
    @Override
    public String toString() {
        return service + "/" + version;
    }
}
