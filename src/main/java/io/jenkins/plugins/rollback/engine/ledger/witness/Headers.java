package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.io.IOException;
import java.util.Map;

/** HTTP headers that let a witness know who we are, asked for at each request so that a changed secret counts at once. */
@FunctionalInterface
public interface Headers {

    /** @throws IOException when the credentials are gone, saying which; never with a secret in its message */
    Map<String, String> get() throws IOException;
}
