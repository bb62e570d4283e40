package io.jenkins.plugins.rollback.actions.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.rollback.config.ReleaseStoreConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.StoreMonitor;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.LocalRetainer;
import io.jenkins.plugins.rollback.engine.vault.StoredVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A Jenkins that is told of a release store uses it from its next start on, and repairs its vault from there. */
public class ReleaseStoreJenkinsTest {

    private static final ReleaseId ID = new ReleaseId("checkout", "1.4.2");

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path store() {
        return folder.getRoot().toPath().resolve("store");
    }

    private void use(String use) {
        ReleaseStoreConfig config = new ReleaseStoreConfig("folder", store().toString());
        config.setUse(use);
        RollbackConfiguration.get().setReleaseStore(config);
    }

    private static StoredVault vault() {
        return (StoredVault) RollbackEngine.get().vault();
    }

    @Test
    public void whatRotsIsRepairedFromTheMirror() throws Throwable {
        sessions.then(jenkins -> use("mirror"));
        sessions.then(jenkins -> {
            Path file = Files.writeString(folder.getRoot().toPath().resolve("app"), "what is kept");
            new LocalRetainer(vault()).retain(ID, List.of(file));
            await().until(() -> vault().state().behind() == 0); // copied by a thread of its own
            Path blobs = Jenkins.get().getRootDir().toPath().resolve("release-rollback/vault/blobs");
            try (Stream<Path> files = Files.walk(blobs)) {
                Files.writeString(files.filter(Files::isRegularFile).findFirst().orElseThrow(), "rotten");
            }
            assertThat(VaultCheck.get().check().faults()).isEmpty();
            assertThat(vault().healed())
                    .singleElement()
                    .asString()
                    .contains("'app'")
                    .contains("repaired from");
            assertThat(vault().verify()).isEmpty();
            assertThat(new StoreMonitor().isActivated()).isFalse();
        });
    }

    @Test
    public void aStoreThatIsAwayIsToldAndKeepsNothingFromStarting() throws Throwable {
        Files.writeString(store(), "no folder");
        sessions.then(jenkins -> use("mirror"));
        sessions.then(jenkins -> {
            assertThat(vault().synchronize()).isFalse();
            assertThat(new StoreMonitor().isActivated()).isTrue();
            assertThat(jenkins.createWebClient().goTo("manage").asNormalizedText())
                    .contains("the release store is in trouble", "it cannot be written");
        });
    }

    @Test
    public void nonsenseIsRefused() throws Throwable {
        sessions.then(jenkins -> {
            for (ReleaseStoreConfig config : List.of(
                    new ReleaseStoreConfig("ftp", "x"),
                    new ReleaseStoreConfig("s3", "Not A Bucket"),
                    new ReleaseStoreConfig("oci", "registry.example.org"),
                    new ReleaseStoreConfig("oci", "https://user:word@registry.example.org/releases"),
                    new ReleaseStoreConfig("folder", "relative"))) {
                assertThatThrownBy(() -> RollbackConfiguration.get().setReleaseStore(config))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("releaseStore: ");
            }
            assertThat(RollbackConfiguration.get().getReleaseStore()).isNull();
        });
    }
}
