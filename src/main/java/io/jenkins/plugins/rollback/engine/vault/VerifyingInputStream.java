package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes what is read through it and, at the end of the stream, throws when it is not what it should be. */
final class VerifyingInputStream extends FilterInputStream {

    private final String name;
    private final String expected;
    private final MessageDigest digest = Sha256.digest();
    private boolean ended;

    /** @param name what the message calls the contents */
    VerifyingInputStream(InputStream in, String name, String expected) {
        super(in);
        this.name = name;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n >= 0) {
            digest.update(buffer, offset, n);
        } else if (!ended) {
            ended = true;
            String found = Sha256.hex(digest);
            if (!found.equals(expected)) {
                throw new HashMismatchException(name, expected, found);
            }
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        return readNBytes((int) Math.min(n, Sha256.BUFFER)).length; // skipped bytes count, too
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
