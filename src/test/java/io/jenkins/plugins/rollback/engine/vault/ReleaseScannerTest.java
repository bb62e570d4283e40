package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReleaseScannerTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path root;

    @Before
    public void fill() throws IOException {
        root = folder.newFolder("ws").toPath();
        write("target/app.jar", "app");
        write("target/classes/A.class", "a");
        write("deploy/deploy.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(root.resolve("deploy/deploy.sh"), PosixFilePermissions.fromString("rwxr-x---"));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> paths(String patterns) throws IOException {
        return ReleaseScanner.scan(root, patterns).stream().map(FileEntry::path).toList();
    }

    @Test
    public void findsHashesAndKeepsModes() throws Exception {
        List<FileEntry> files = ReleaseScanner.scan(root, "target/*.jar, deploy/**");
        assertThat(files).extracting(FileEntry::path).containsExactly("deploy/deploy.sh", "target/app.jar");
        assertThat(files.get(0).mode()).isEqualTo(0750);
        assertThat(files.get(1).size()).isEqualTo(3);
        assertThat(files.get(1).sha256()).isEqualTo(Sha256.of("app".getBytes()));
    }

    @Test
    public void aFileThatTwoPatternsMatchIsTakenOnce() throws Exception {
        assertThat(paths("target/*.jar, **/app.jar")).containsExactly("target/app.jar");
    }

    @Test
    public void aPatternThatMatchesNothingIsNamed() {
        assertThatThrownBy(() -> paths("target/*.jar, dist/*.zip"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'dist/*.zip' matches no file")
                .hasMessageContaining(root.toString());
        assertThatThrownBy(() -> paths("deploy"))
                .hasMessageContaining("matches no file")
                .hasMessageContaining("'deploy/**' is everything in it");
        assertThatThrownBy(() -> paths("../secret"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("../secret");
        assertThatThrownBy(() -> ReleaseScanner.scan(root.resolve("none"), "**"))
                .hasMessageContaining("none");
    }

    @Test
    public void linksAreKeptAndNotFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("deploy/app.jar"), Path.of("../target/app.jar"));
        Files.createSymbolicLink(root.resolve("deploy/all"), Path.of("../target"));
        List<FileEntry> files = ReleaseScanner.scan(root, "deploy/**, target/**");
        assertThat(files)
                .extracting(FileEntry::path)
                .containsExactly(
                        "deploy/all", "deploy/app.jar", "deploy/deploy.sh", "target/app.jar", "target/classes/A.class");
        assertThat(files.get(0).link()).isEqualTo("../target");
        assertThatThrownBy(() -> paths("deploy/all/*.jar"))
                .hasMessageContaining("'deploy/all' is a link, and links are not followed");
    }

    @Test
    public void aLinkToSomethingThatStaysBehindIsRefused() throws Exception {
        Files.createSymbolicLink(root.resolve("deploy/app.jar"), Path.of("../target/app.jar"));
        assertThatThrownBy(() -> paths("deploy/**"))
                .hasMessageContaining("'deploy/app.jar'")
                .hasMessageContaining("which no pattern matches");
    }

    @Test
    public void aLinkOutOfTheFolderIsRefused() throws Exception {
        Path secret = folder.newFile("secret").toPath();
        Files.createSymbolicLink(root.resolve("deploy/secret"), secret);
        assertThatThrownBy(() -> paths("deploy/**"))
                .hasMessageContaining("'deploy/secret'")
                .hasMessageContaining("leads out");
        Files.delete(root.resolve("deploy/secret"));
        Files.createSymbolicLink(root.resolve("deploy/abs"), root.resolve("deploy/deploy.sh"));
        assertThatThrownBy(() -> paths("deploy/**"))
                .hasMessageContaining("'deploy/abs'")
                .hasMessageContaining("relative");
    }

    @Test
    public void aLinkLoopIsRefused() throws Exception {
        Files.createSymbolicLink(root.resolve("deploy/a"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("deploy/b"), Path.of("a"));
        assertThatThrownBy(() -> paths("deploy/a, deploy/*.sh")).hasMessageContaining("'deploy/a'");
        Files.delete(root.resolve("deploy/a"));
        Files.delete(root.resolve("deploy/b"));
        Files.createSymbolicLink(root.resolve("deploy/up"), Path.of(".."));
        assertThatThrownBy(() -> paths("deploy/**, target/**"))
                .hasMessageContaining("'deploy/up'")
                .hasMessageContaining("circle");
    }

    @Test
    public void aBrokenLinkStaysAsItWas() throws Exception {
        Files.createSymbolicLink(root.resolve("deploy/gone"), Path.of("nowhere"));
        assertThat(ReleaseScanner.scan(root, "deploy/gone")).containsExactly(FileEntry.link("deploy/gone", "nowhere"));
    }

    @Test
    public void aPipeOrDeviceIsRefusedWithoutReadingIt() throws Exception {
        assumeTrue(new ProcessBuilder("mkfifo", root.resolve("deploy/pipe").toString())
                        .start()
                        .waitFor()
                == 0);
        assertThatThrownBy(() -> paths("deploy/**")).hasMessageContaining("'deploy/pipe' is not a file but a device");
        assertThatThrownBy(() -> ReleaseScanner.scan(Path.of("/dev"), "zero"))
                .hasMessageContaining("'zero' is not a file");
    }

    @Test
    public void aFileThatCannotBeReadIsNamed() {
        // the memory of this process: an ordinary file by its type, unreadable at its beginning even for root
        assumeTrue(Files.exists(Path.of("/proc/self/mem")));
        assertThatThrownBy(() -> ReleaseScanner.scan(Path.of("/proc/self"), "mem"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot read 'mem'");
    }

    @Test
    public void aFileThatIsForbiddenIsNamed() throws Exception {
        Path file = root.resolve("target/app.jar");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue("nothing is forbidden to root", !Files.isReadable(file));
        assertThatThrownBy(() -> paths("target/*.jar")).hasMessage("cannot read 'target/app.jar': permission denied");
    }

    @Test
    public void aFileThatChangesWhileItIsReadIsNamed() throws Exception {
        Path file = root.resolve("target/app.jar");
        Files.write(file, new byte[1 << 20]);
        assertThatThrownBy(() -> ReleaseScanner.scan(root, "target/*.jar", (path, done, total) -> {
                    try {
                        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'target/app.jar' changed while it was read");
    }

    @Test
    public void aSnapshotMustBeYaml() throws Exception {
        write("rollback/snapshot.yaml", "schema: 42\nflags: {new-cart: true}\n");
        assertThat(ReleaseScanner.scanSnapshot(root, "rollback/snapshot.yaml").size())
                .isEqualTo(35);

        write("rollback/bad.yaml", "schema: 42\nflags: [a, b\nx: y\n");
        assertThatThrownBy(() -> ReleaseScanner.scanSnapshot(root, "rollback/bad.yaml"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'rollback/bad.yaml' is not YAML: line 3, column 2");
        write("rollback/class.yaml", "!!javax.script.ScriptEngineManager [x]\n");
        assertThatThrownBy(() -> ReleaseScanner.scanSnapshot(root, "rollback/class.yaml"))
                .hasMessageContaining("'rollback/class.yaml' is not YAML: line 1, column 1");
        write("rollback/twice.yaml", "a: 1\na: 2\n");
        assertThatThrownBy(() -> ReleaseScanner.scanSnapshot(root, "rollback/twice.yaml"))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> ReleaseScanner.scanSnapshot(root, "rollback/none.yaml"))
                .hasMessageContaining("'rollback/none.yaml': it does not exist");
        assertThatThrownBy(() -> ReleaseScanner.scanSnapshot(root, "../x.yaml")).hasMessageContaining("../x.yaml");
        Files.createSymbolicLink(root.resolve("rollback/link.yaml"), Path.of("snapshot.yaml"));
        assertThatThrownBy(() -> ReleaseScanner.scanSnapshot(root, "rollback/link.yaml"))
                .hasMessageContaining("link");
    }
}
