package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.ClassRule;
import org.junit.Test;

/** A store in a real OCI registry. */
public class OciStoreServerTest extends ObjectStoreContract {

    @ClassRule
    public static final DockerRegistry SERVER = new DockerRegistry();

    @Override
    ObjectStore make(String unique) {
        return SERVER.store("tests/" + unique);
    }

    @Test
    public void wrongAndNoCredentialsAreRefused() throws IOException {
        for (StoreSecret.Reader wrong :
                new StoreSecret.Reader[] {StoreSecret.Reader.NONE, () -> new StoreSecret("robot", "wrong horse")}) {
            try (ObjectStore store =
                    new OciStore(new OciSettings(SERVER.uri(), "tests", Duration.ofSeconds(20)), wrong)) {
                assertThatThrownBy(store::check)
                        .isInstanceOf(StoreException.class)
                        .hasMessage(store.name() + ": it answered HTTP 401: the credentials are refused, or missing");
                byte[] bytes = {1};
                assertThatThrownBy(() -> store.put("shop", Blob.of(bytes), BlobSource.of(bytes)))
                        .hasMessageContaining("the credentials are refused")
                        .hasMessageNotContaining("wrong horse");
            }
        }
        assertThat(SERVER.store("tests").releases())
                .extracting(id -> id.service())
                .doesNotContain("shop");
    }
}
