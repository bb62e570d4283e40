package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import io.jenkins.plugins.rollback.engine.vault.store.S3Mock;
import java.io.IOException;
import org.junit.ClassRule;

/** A vault with a real S3 server beside it. */
public class StoredVaultS3Test extends StoredVaultContract {

    @ClassRule
    public static final S3Mock SERVER = new S3Mock();

    @Override
    ObjectStore store() throws IOException {
        return SERVER.store("vault/one/");
    }
}
