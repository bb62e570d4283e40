package io.jenkins.plugins.rollback.engine.gate.convert;

/** An input that is none of the known formats, or of which nothing can be used. The message says what was wrong. */
public class ConversionException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConversionException(String message) {
        super(message);
    }

    public ConversionException(String message, Throwable cause) {
        super(message, cause);
    }
}
