package io.jenkins.plugins.rollback.engine.vault;

import java.io.IOException;

/** Bytes that are not what they should be; the message names the file and both hashes. */
public class HashMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final String expected;
    private final String found;

    public HashMismatchException(String file, String expected, String found) {
        super(file + " is not what was retained: expected SHA-256 " + expected + ", found " + found);
        this.file = file;
        this.expected = expected;
        this.found = found;
    }

    public String file() {
        return file;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
