package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk that fails when told to: full for appends, full for whole files, or losing what it was asked to force. */
class FailingDisk extends Disk {

    volatile boolean appendsFail;
    volatile boolean syncsFail;
    volatile boolean writesFail;

    @Override
    AppendFile append(Path file) throws IOException {
        return new AppendFile(file) {
            @Override
            void write(byte[] bytes) throws IOException {
                if (appendsFail) {
                    super.write(Arrays.copyOf(bytes, bytes.length / 2)); // as far as the space went
                    throw new IOException("No space left on device (test)");
                }
                super.write(bytes);
            }

            @Override
            void sync() throws IOException {
                if (syncsFail) {
                    throw new IOException("Input/output error (test)");
                }
                super.sync();
            }
        };
    }

    @Override
    void write(Path file, byte[] content) throws IOException {
        if (writesFail) {
            super.write(file, Arrays.copyOf(content, content.length / 2));
            throw new IOException("No space left on device (test)");
        }
        super.write(file, content);
    }
}
