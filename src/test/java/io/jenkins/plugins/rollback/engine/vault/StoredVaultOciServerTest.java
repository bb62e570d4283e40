package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.StoredVault.Use;
import io.jenkins.plugins.rollback.engine.vault.store.DockerRegistry;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.ClassRule;
import org.junit.Test;

/** A vault with a real OCI registry beside it, and skopeo, which knows nothing of us, reading what was pushed. */
public class StoredVaultOciServerTest extends StoredVaultContract {

    @ClassRule
    public static final DockerRegistry SERVER = new DockerRegistry();

    private final String repository = "t" + UUID.randomUUID().toString().substring(0, 8);

    @Override
    ObjectStore store() {
        return SERVER.store(repository);
    }

    private static String skopeo(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    public void skopeoReadsWhatWasPushedAndItRestores() throws Exception {
        try (StoredVault vault = StoredVault.open(
                folder.getRoot().toPath().resolve("vault"), store(), Use.MIRROR, 0, Runnable::run, Clock.systemUTC())) {
            retain(vault);
            assertThat(vault.state().problem()).isNull();
        }
        // as docs/reference/vault-format.md says: S and . are written so in a repository's name, + and _ in a tag
        String image = "docker://" + SERVER.address() + "/" + repository + "/x__53hop.web:1.0_.7";
        String user = "--creds=" + DockerRegistry.USER + ":" + DockerRegistry.PASSWORD;
        JsonNode manifest = new ObjectMapper().readTree(skopeo("inspect", "--raw", "--tls-verify=false", user, image));
        assertThat(manifest.path("artifactType").asText()).isEqualTo("application/vnd.release-rollback.release.v1");

        Path copy = folder.newFolder().toPath();
        skopeo(
                "copy",
                "--src-tls-verify=false",
                "--src-creds=" + DockerRegistry.USER + ":" + DockerRegistry.PASSWORD,
                image,
                "dir:" + copy);
        Path back = folder.newFolder().toPath().resolve("vault");
        assertThat(manifest.path("layers")).hasSizeGreaterThan(5);
        for (JsonNode layer : manifest.path("layers")) {
            String digest = layer.path("digest").asText().substring("sha256:".length());
            assertThat(Sha256.of(Files.readAllBytes(copy.resolve(digest)))).isEqualTo(digest);
            Path file = back.resolve(layer.path("annotations")
                    .path("org.opencontainers.image.title")
                    .asText());
            Files.createDirectories(file.getParent());
            Files.copy(copy.resolve(digest), file);
        }
        FileVault copied = FileVault.open(back);
        assertThat(copied.releases()).containsExactly(ONE);
        assertThat(copied.verify()).isEmpty();
        restore(copied, ONE);
    }
}
