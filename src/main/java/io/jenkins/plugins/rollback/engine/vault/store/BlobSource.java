package io.jenkins.plugins.rollback.engine.vault.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the bytes of a blob are read from; opened again when they have to be sent again. */
@FunctionalInterface
public interface BlobSource {

    /** From its beginning; the caller closes it. */
    InputStream open() throws IOException;

    /** Bytes in memory. */
    static BlobSource of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    /** A file. */
    static BlobSource of(Path file) {
        return () -> Files.newInputStream(file);
    }
}
