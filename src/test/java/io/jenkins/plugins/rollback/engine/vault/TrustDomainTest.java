package io.jenkins.plugins.rollback.engine.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class TrustDomainTest {

    private static final String SECRET = "password of another team";
    private static final String HASH = Sha256.of(SECRET.getBytes(UTF_8));

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final ShownContents shown = new ShownContents();
    private FileVault vault;

    @Before
    public void retain() throws IOException {
        vault = FileVault.open(folder.getRoot().toPath().resolve("vault"));
        vault.put(HASH, new ByteArrayInputStream(SECRET.getBytes(UTF_8)));
        vault.commit(manifest("payments", "1"));
    }

    private static Manifest manifest(String service, String version) {
        return new Manifest(
                new ReleaseId(service, version), List.of(new FileEntry("f", SECRET.length(), 0644, HASH, null)));
    }

    private Set<String> toSend(String service, String version) throws IOException {
        return TrustDomain.toSend(vault, manifest(service, version), TrustDomain.known(vault, service, shown));
    }

    @Test
    public void whatWasSentForAReleaseThatIsNotFinishedNeedNotBeSentAgain() throws Exception {
        shown.add("checkout", HASH);
        assertThat(toSend("checkout", "1")).isEmpty();
        assertThat(toSend("search", "1")).containsExactly(HASH);
    }

    @Test
    public void whatAnotherServiceStoredMustBeShown() throws Exception {
        assertThat(toSend("checkout", "1")).containsExactly(HASH);
    }

    @Test
    public void whatTheServiceStoredBeforeNeedNotBeSentAgain() throws Exception {
        assertThat(toSend("payments", "2")).isEmpty();
    }

    @Test
    public void whatTheVaultLostMustBeSentAgain() throws Exception {
        Files.delete(folder.getRoot().toPath().resolve("vault/blobs/" + HASH.substring(0, 2) + "/" + HASH));
        assertThat(toSend("payments", "2")).containsExactly(HASH);
    }
}
