package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a check says of which release and file, and that whoever sets its pace hears of every byte. */
public class VaultVerifierTest {

    private static final ReleaseId ONE = new ReleaseId("shop", "1");
    private static final ReleaseId TWO = new ReleaseId("shop", "2");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private FileVault vault;

    @Before
    public void twoReleasesThatShareAFile() throws IOException {
        vault = FileVault.open(folder.getRoot().toPath().resolve("vault"));
        for (ReleaseId id : List.of(ONE, TWO)) {
            Path files = folder.newFolder().toPath();
            Files.writeString(files.resolve("own"), "only in " + id);
            Files.writeString(files.resolve("shared"), "in both");
            new LocalRetainer(vault).retain(id, files, "**", null);
        }
    }

    private Path blob(String path) throws IOException {
        String content = vault.manifest(ONE).orElseThrow().files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .sha256();
        return folder.getRoot()
                .toPath()
                .resolve("vault/blobs/" + content.substring(0, 2))
                .resolve(content);
    }

    @Test
    public void everyReleaseThatAFaultConcernsIsNamedWithItsFile() throws IOException {
        assertThat(vault.verify(Pace.FULL)).isEmpty();
        Files.writeString(blob("shared"), "in bote");

        assertThat(vault.verify(Pace.FULL))
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.file()).isEqualTo("shared"))
                .extracting(VaultFault::release)
                .containsExactly(ONE, TWO);
        Files.delete(blob("own"));
        assertThat(vault.verify(Pace.FULL))
                .filteredOn(fault -> ONE.equals(fault.release()))
                .extracting(VaultFault::file)
                .containsExactly("own", "shared");
    }

    @Test
    public void thePaceHearsEachContentOnceAndMayEndIt() throws IOException {
        long[] heard = {0};
        vault.verify(bytes -> heard[0] += bytes);
        assertThat(heard[0]).isEqualTo("only in shop/1".length() * 2 + "in both".length());

        assertThatThrownBy(() -> vault.verify(bytes -> {
                    throw new IOException("no more");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no more");
    }
}
