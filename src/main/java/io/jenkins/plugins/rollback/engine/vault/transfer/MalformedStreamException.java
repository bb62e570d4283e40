package io.jenkins.plugins.rollback.engine.vault.transfer;

import java.io.IOException;

/** The other side does not keep to the format. */
final class MalformedStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedStreamException(String message) {
        super(message);
    }
}
