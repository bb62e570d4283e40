package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflatedStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Puts together at once what it is given, and remembers the contents. */
final class Collecting implements Parts {

    final List<byte[]> contents = new ArrayList<>();
    int deflated;
    long structure;
    private final Deque<ByteArrayOutputStream> out = new ArrayDeque<>(List.of(new ByteArrayOutputStream()));
    private final Deque<DeflateProfile> profiles = new ArrayDeque<>();

    @Override
    public void structure(byte[] bytes) {
        structure += bytes.length;
        out.peek().writeBytes(bytes);
    }

    @Override
    public void content(Region region) throws IOException {
        contents.add(region.open().readAllBytes());
        out.peek().writeBytes(contents.get(contents.size() - 1));
    }

    @Override
    public void beginDeflated(DeflateProfile profile) {
        deflated++;
        profiles.push(profile);
        out.push(new ByteArrayOutputStream());
    }

    @Override
    public void endDeflated() throws IOException {
        byte[] raw = out.pop().toByteArray();
        try (DeflatedStream in = new DeflatedStream(new ByteArrayInputStream(raw), profiles.pop())) {
            in.transferTo(out.peek());
        }
    }

    byte[] whole() {
        return out.getLast().toByteArray();
    }
}
