package io.jenkins.plugins.rollback.engine.ledger.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip whose parts are hashed while they are written. One thread. */
final class ZipParts implements Closeable {

    private final ZipOutputStream zip;
    private final Instant time;
    private final ArrayNode files = JsonNodeFactory.instance.arrayNode();

    /** @param time that every part gets */
    ZipParts(OutputStream out, Instant time) {
        zip = new ZipOutputStream(out);
        this.time = time;
    }

    /** Something that writes a part. */
    @FunctionalInterface
    interface Part {
        void write(OutputStream out) throws IOException;
    }

    void add(String name, String text) throws IOException {
        add(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    void add(String name, Part part) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(time.toEpochMilli());
        zip.putNextEntry(entry);
        Counted counted = new Counted(zip);
        DigestOutputStream hashed = new DigestOutputStream(counted, Sha256.digest());
        part.write(hashed);
        zip.closeEntry();
        files.addObject()
                .put("name", name)
                .put("bytes", counted.bytes)
                .put("sha256", Sha256.hex(hashed.getMessageDigest()));
    }

    /** Name, size and SHA-256 of each part so far. */
    ArrayNode files() {
        return files.deepCopy();
    }

    /** Ends the zip; what it is written to stays open. */
    @Override
    public void close() throws IOException {
        zip.finish();
    }

    /** Counts what passes, and lets nobody close the zip. */
    private static final class Counted extends FilterOutputStream {

        private long bytes;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] content, int from, int length) throws IOException {
            out.write(content, from, length);
            bytes += length;
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
