package io.jenkins.plugins.rollback.engine.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FileVaultTest {

    private static final ReleaseId V1 = new ReleaseId("checkout", "1.0");
    private static final ReleaseId V2 = new ReleaseId("checkout", "2.0");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path dir;
    private FileVault vault;
    private Path ws;

    @Before
    public void open() throws IOException {
        dir = folder.getRoot().toPath().resolve("vault");
        vault = FileVault.open(dir);
        ws = VaultFolders.fill(folder.newFolder("ws").toPath(), 1);
    }

    private Retained retain(ReleaseId id) throws IOException {
        return new LocalRetainer(vault).retain(id, ws, "target/**, deploy/**", null);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> all = Files.walk(dir.resolve(part))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    public void whatWasRetainedComesBackByteForByte() throws Exception {
        Retained retained = retain(V1);
        assertThat(retained.manifest().files()).hasSize(7);

        Path back = folder.getRoot().toPath().resolve("back/here");
        ReleaseRestorer.restore(vault.manifest(V1).orElseThrow(), vault::open, back);

        assertThat(ReleaseScanner.scan(back, "**")).isEqualTo(ReleaseScanner.scan(ws, "**"));
        assertThat(RestoredFolder.difference(retained.manifest(), back, Progress.NONE))
                .isEmpty();
        assertThat(vault.releases()).containsExactly(V1);
        assertThat(vault.releases("checkout")).containsExactly(V1);
        assertThat(vault.releases("other")).isEmpty();
        assertThat(vault.verify()).isEmpty();
        assertThat(back.getParent()).as("no staging folder left").isDirectoryNotContaining("glob:**.partial-*");
    }

    @Test
    public void equalContentsAreStoredOnceAndASecondRetainStoresNothing() throws Exception {
        Retained first = retain(V1);
        assertThat(first.storedBytes()).isLessThan(first.manifest().bytes()); // app.jar and copy.jar are one
        assertThat(retain(V1).storedBytes()).isZero();
        int blobs = files("blobs").size();
        Retained second = retain(V2);
        assertThat(second.storedBytes()).isEqualTo(second.manifest().toBytes().length);
        assertThat(files("blobs")).hasSize(blobs);
    }

    @Test
    public void aReleaseNeverChanges() throws Exception {
        String hash = retain(V1).manifest().hash();
        Files.writeString(ws.resolve("deploy/deploy.sh"), "other");
        assertThatThrownBy(() -> retain(V1))
                .isInstanceOf(ReleaseExistsException.class)
                .hasMessageContaining("checkout/1.0")
                .hasMessageContaining(hash);
        assertThat(vault.manifest(V1).orElseThrow().hash()).isEqualTo(hash);
    }

    @Test
    public void filesAndFoldersFromAnywhereAreKeptUnderTheirNames() throws Exception {
        Retained retained =
                new LocalRetainer(vault).retain(V1, List.of(ws.resolve("deploy/deploy.sh"), ws.resolve("target")));
        assertThat(retained.manifest().files())
                .extracting(FileEntry::path)
                .containsExactly("deploy.sh", "target/app.jar", "target/empty");
        Path same = folder.newFolder("x").toPath().resolve("deploy.sh");
        Files.writeString(same, "x");
        assertThatThrownBy(() -> new LocalRetainer(vault).retain(V2, List.of(same, ws.resolve("deploy/deploy.sh"))))
                .hasMessageContaining("'deploy.sh'");
        assertThatThrownBy(() -> new LocalRetainer(vault).retain(V2, List.of(ws.resolve("nope"))))
                .hasMessageContaining("nope");
    }

    @Test
    public void aSnapshotIsKeptBesideTheFiles() throws Exception {
        Files.writeString(ws.resolve("snapshot.yaml"), "schema: 7\n");
        Manifest manifest = new LocalRetainer(vault)
                .retain(V1, ws, "target/**", "snapshot.yaml")
                .manifest();
        assertThat(manifest.files()).extracting(FileEntry::path).doesNotContain("snapshot.yaml");
        try (InputStream in = vault.open(manifest.snapshot().sha256())) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("schema: 7\n");
        }
        assertThat(vault.manifest(V1)).contains(manifest);
    }

    @Test
    public void contentsThatAreNotWhatTheySayAreRefused() throws Exception {
        String hash = Sha256.of("good".getBytes(UTF_8));
        assertThatThrownBy(() -> vault.put(hash, in("evil")))
                .isInstanceOf(HashMismatchException.class)
                .hasMessageContaining(hash)
                .hasMessageContaining(Sha256.of("evil".getBytes(UTF_8)));
        assertThat(vault.missing(Set.of(hash))).containsExactly(hash);
        assertThat(files("tmp")).isEmpty();
        assertThat(vault.put(hash, in("good"))).isEqualTo(4);
        assertThatThrownBy(() -> vault.put(hash, in("evil")))
                .as("knowing the hash is not having the bytes")
                .isInstanceOf(HashMismatchException.class);
        assertThat(vault.put(hash, in("good"))).isZero();
        assertThatThrownBy(() -> vault.put("../../evil", in("x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void aSourceThatBreaksLeavesNothing() throws Exception {
        InputStream broken = new SequenceInputStream(in("x".repeat(500_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the channel is gone");
            }
        });
        assertThatThrownBy(() -> vault.put(Sha256.of(new byte[0]), broken)).hasMessage("the channel is gone");
        assertThat(files("tmp")).isEmpty();
        assertThat(files("blobs")).isEmpty();
    }

    @Test
    public void aManifestWithoutItsContentsIsNotCommitted() throws Exception {
        String hash = Sha256.of("x".getBytes(UTF_8));
        Manifest manifest = new Manifest(V1, List.of(new FileEntry("lib/x", 1, 0644, hash, null)));
        assertThatThrownBy(() -> vault.commit(manifest))
                .hasMessageContaining(hash)
                .hasMessageContaining("lib/x");
        vault.put(hash, in("x"));
        assertThatThrownBy(() -> vault.commit(new Manifest(V1, List.of(new FileEntry("lib/x", 2, 0644, hash, null)))))
                .hasMessageContaining("said to have 2 bytes");
        assertThat(vault.releases()).isEmpty();
        vault.commit(manifest);
        assertThat(vault.releases()).containsExactly(V1);
    }

    @Test
    public void aFlippedBitIsFoundByVerifyAndByRestore() throws Exception {
        Manifest manifest = retain(V1).manifest();
        FileEntry jar = manifest.files().stream()
                .filter(file -> file.path().equals("target/app.jar"))
                .findFirst()
                .orElseThrow();
        Path blob = dir.resolve("blobs").resolve(jar.sha256().substring(0, 2)).resolve(jar.sha256());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);

        assertThat(vault.verify())
                .hasSize(2)
                .anySatisfy(fault ->
                        assertThat(fault).contains("checkout/1.0", "'target/app.jar'", jar.sha256(), Sha256.of(bytes)))
                .anySatisfy(fault -> assertThat(fault).contains("'deploy/copy.jar'"));
        Path back = folder.getRoot().toPath().resolve("back/here");
        assertThatThrownBy(() -> ReleaseRestorer.restore(manifest, vault::open, back))
                .isInstanceOfSatisfying(HashMismatchException.class, e -> {
                    assertThat(e.file()).isEqualTo("deploy/copy.jar");
                    assertThat(e.expected()).isEqualTo(jar.sha256());
                    assertThat(e.found()).isEqualTo(Sha256.of(bytes));
                });
        assertThat(back.getParent()).isEmptyDirectory();
    }

    @Test
    public void aLostContentAndADamagedManifestAreFound() throws Exception {
        Manifest manifest = retain(V1).manifest();
        String lost = manifest.files().get(manifest.files().size() - 1).sha256();
        Files.delete(dir.resolve("blobs").resolve(lost.substring(0, 2)).resolve(lost));
        assertThat(vault.verify()).singleElement().asString().contains("target/empty", lost);
        Files.writeString(dir.resolve("releases/checkout/1.0.json"), "{}");
        assertThat(vault.verify()).anySatisfy(fault -> assertThat(fault).contains("checkout/1.0", "damaged"));
        assertThatThrownBy(() -> vault.manifest(V1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> vault.gc(Set.of(), false)).hasMessageContaining("damaged");
    }

    @Test
    public void aManifestUnderAnotherNameIsRefused() throws Exception {
        retain(V1);
        Files.copy(dir.resolve("releases/checkout/1.0.json"), dir.resolve("releases/checkout/2.0.json"));
        assertThatThrownBy(() -> vault.manifest(V2)).hasMessageContaining("it is the manifest of checkout/1.0");
    }

    @Test
    public void aFolderThatHoldsSomethingElseIsNotTaken() throws Exception {
        assertThatThrownBy(() -> FileVault.open(ws)).hasMessageContaining("is not a vault");
        Files.writeString(dir.resolve("format"), "release-rollback vault 9\n");
        assertThatThrownBy(() -> FileVault.open(dir)).hasMessageContaining("release-rollback vault 9");
    }

    @Test
    public void gcRemovesWhatIsNotKeptAndSparesTheYoung() throws Exception {
        retain(V1);
        Files.writeString(ws.resolve("deploy/deploy.sh"), "version 2");
        retain(V2);
        vault.put(Sha256.of("orphan".getBytes(UTF_8)), in("orphan"));
        Files.writeString(dir.resolve("tmp/left-by-a-crash.tmp"), "half");

        assertThat(vault.gc(Set.of(V2), false)).isEqualTo(new Collected(List.of(), 0, 0, false));

        FileVault later =
                FileVault.open(dir, Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(2)), ZoneOffset.UTC));
        Collected would = later.gc(Set.of(V2), true);
        assertThat(would.releases()).containsExactly(V1);
        assertThat(would.contents()).isEqualTo(2); // deploy.sh of version 1, and the orphan
        assertThat(vault.releases()).containsExactly(V1, V2);

        Collected did = later.gc(Set.of(V2), false);
        assertThat(did).isEqualTo(new Collected(would.releases(), would.contents(), would.bytes(), false));
        assertThat(vault.releases()).containsExactly(V2);
        assertThat(files("tmp")).isEmpty();
        assertThat(vault.verify()).isEmpty();
        ReleaseRestorer.restore(
                vault.manifest(V2).orElseThrow(),
                vault::open,
                folder.getRoot().toPath().resolve("v2"));
    }

    @Test
    public void gcSparesWhatARetainJustCountedOn() throws Exception {
        String hash = Sha256.of("x".getBytes(UTF_8));
        vault.put(hash, in("x"));
        Clock inTwoDays = Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        FileVault later = FileVault.open(dir, inTwoDays);
        assertThat(later.missing(Set.of(hash))).isEmpty();
        assertThat(later.gc(Set.of(), false).contents()).isZero();
    }

    @Test
    public void threadsThatRetainTheSameReleaseWithOtherContentsEndWithOne() throws Exception {
        int threads = 8;
        List<Callable<String>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Path own = VaultFolders.fill(folder.newFolder().toPath(), 100 + i);
            all.add(() -> {
                try {
                    FileVault other = FileVault.open(dir);
                    return new LocalRetainer(other)
                            .retain(V1, own, "**", null)
                            .manifest()
                            .hash();
                } catch (ReleaseExistsException e) {
                    return null;
                }
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<String> won = new ArrayList<>();
            for (Future<String> future : pool.invokeAll(all)) {
                if (future.get() != null) {
                    won.add(future.get());
                }
            }
            assertThat(won).containsExactly(vault.manifest(V1).orElseThrow().hash());
        } finally {
            pool.shutdownNow();
        }
        assertThat(vault.verify()).isEmpty();
    }
}
