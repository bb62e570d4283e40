package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.Printable;
import java.util.regex.Pattern;

/**
 * One file of a vault that a release needs.
 *
 * @param name its path in the vault's folder
 * @param blob its bytes
 */
public record StoredPart(String name, Blob blob) {

    /** The file by which a folder is known as a vault. */
    public static final String FORMAT = "format";

    /** These become file names: what a document calls otherwise is refused. */
    private static final Pattern NAMES = Pattern.compile("format"
            + "|(blobs|recipes)/([0-9a-f]{2})/\\2[0-9a-f]{62}"
            + "|packs/[0-9a-f]{32}\\.pack"
            + "|releases/[A-Za-z0-9][A-Za-z0-9._+-]*/[A-Za-z0-9][A-Za-z0-9._+-]*\\.json");

    /** @throws IllegalArgumentException when a vault has no file of this name */
    public StoredPart {
        if (!NAMES.matcher(name).matches() || name.contains("..")) {
            throw new IllegalArgumentException("'" + Printable.of(name) + "' is no file of a vault");
        }
    }
}
