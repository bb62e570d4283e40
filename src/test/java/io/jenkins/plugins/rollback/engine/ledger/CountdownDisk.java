package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a number of files, and from then on none, as if the machine had stopped there. */
final class CountdownDisk extends Disk {
    volatile int writesLeft = Integer.MAX_VALUE;

    private synchronized void count() throws IOException {
        if (writesLeft <= 0) {
            throw new IOException("crash (test)");
        }
        writesLeft--;
    }

    @Override
    void write(Path file, byte[] content) throws IOException {
        count();
        super.write(file, content);
    }

    @Override
    void createPrivate(Path file) throws IOException {
        count();
        super.createPrivate(file);
    }

    @Override
    AppendFile append(Path file) throws IOException {
        return new AppendFile(file) {
            @Override
            void write(byte[] bytes) throws IOException {
                count();
                super.write(bytes);
            }
        };
    }
}
