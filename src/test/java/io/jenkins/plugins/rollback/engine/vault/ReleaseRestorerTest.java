package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReleaseRestorerTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private FileVault vault;
    private Manifest manifest;
    private Path back;

    @Before
    public void retain() throws IOException {
        vault = FileVault.open(folder.getRoot().toPath().resolve("vault"));
        Path ws = VaultFolders.fill(folder.newFolder("ws").toPath(), 7);
        manifest = new LocalRetainer(vault)
                .retain(new ReleaseId("checkout", "1.0"), ws, "**", null)
                .manifest();
        back = folder.getRoot().toPath().resolve("out/back");
    }

    private void restore() throws IOException {
        ReleaseRestorer.restore(manifest, vault::open, back);
    }

    @Test
    public void anExistingExactCopyIsVerifiedAndKeptWithoutReadingTheVault() throws Exception {
        restore();
        Object key = Files.readAttributes(back, "unix:ino").get("ino");
        ReleaseRestorer.restore(
                manifest,
                hash -> {
                    throw new IOException("must not be asked");
                },
                back);
        assertThat(Files.readAttributes(back, "unix:ino").get("ino")).isEqualTo(key);
    }

    @Test
    public void anEmptyFolderIsFilled() throws Exception {
        Files.createDirectories(back);
        restore();
        assertThat(RestoredFolder.difference(manifest, back, Progress.NONE)).isEmpty();
    }

    @Test
    public void anythingElseThereIsAnErrorThatNamesTheDifference() throws Exception {
        restore();
        Files.writeString(back.resolve("extra"), "x");
        assertThatThrownBy(this::restore).hasMessageContaining("'extra' does not belong to it");
        Files.delete(back.resolve("extra"));

        Files.setPosixFilePermissions(back.resolve("deploy/deploy.sh"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::restore).hasMessageContaining("'deploy/deploy.sh' has mode 0644, expected 0755");
        Files.setPosixFilePermissions(back.resolve("deploy/deploy.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));

        byte[] jar = Files.readAllBytes(back.resolve("target/app.jar"));
        jar[5] ^= 1;
        Files.write(back.resolve("target/app.jar"), jar);
        assertThatThrownBy(this::restore).hasMessageContaining("target/app.jar").hasMessageContaining(Sha256.of(jar));

        Files.delete(back.resolve("target/app.jar"));
        assertThatThrownBy(this::restore).hasMessageContaining("'target/app.jar' is missing");

        Files.createSymbolicLink(back.resolve("target/app.jar"), Path.of("/etc/passwd"));
        assertThatThrownBy(this::restore).hasMessageContaining("'target/app.jar' is not a file");
    }

    @Test
    public void aLyingSourceLeavesNoFolder() {
        assertThatThrownBy(() ->
                        ReleaseRestorer.restore(manifest, hash -> new ByteArrayInputStream(new byte[] {1, 2, 3}), back))
                .isInstanceOf(HashMismatchException.class)
                .hasMessageContaining("deploy/copy.jar");
        assertThat(back.getParent()).isEmptyDirectory();
    }

    @Test
    public void aLinkInTheWayIsNotFollowed() throws Exception {
        Path elsewhere = folder.newFolder("elsewhere").toPath();
        Files.createDirectories(back.getParent());
        Files.createSymbolicLink(back, elsewhere);
        assertThatThrownBy(this::restore).hasMessageContaining("it is not a folder");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    public void tellsHowFarItIs() throws Exception {
        long[] last = {0, 0};
        ReleaseRestorer.restore(manifest, vault::open, back, (file, done, total) -> {
            assertThat(done).isGreaterThanOrEqualTo(last[0]);
            last[0] = done;
            last[1] = total;
        });
        assertThat(List.of(last[0], last[1])).containsExactly(manifest.bytes(), manifest.bytes());
    }
}
