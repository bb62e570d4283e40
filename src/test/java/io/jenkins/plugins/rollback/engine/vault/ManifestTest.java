package io.jenkins.plugins.rollback.engine.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.util.List;
import org.junit.Test;

public class ManifestTest {

    private static final ReleaseId ID = new ReleaseId("checkout", "1.4.2");
    private static final String HASH = Sha256.of("x".getBytes(UTF_8));

    private static FileEntry file(String path) {
        return new FileEntry(path, 1, 0644, HASH, null);
    }

    private static FileEntry link(String path, String target) {
        return FileEntry.link(path, target);
    }

    private static Manifest manifest(FileEntry... files) {
        return new Manifest(ID, List.of(files));
    }

    @Test
    public void isCanonicalAndReadsBack() {
        Manifest manifest = new Manifest(
                ID,
                List.of(link("current", "lib/ä \"q\".jar"), new FileEntry("lib/ä \"q\".jar", 1, 0755, HASH, null)),
                new FileEntry("rollback/snapshot.yaml", 1, 0644, HASH, null));

        String json = new String(manifest.toBytes(), UTF_8);

        assertThat(json)
                .isEqualTo("{\"files\":[{\"link\":\"lib/ä \\\"q\\\".jar\",\"path\":\"current\"},"
                        + "{\"mode\":\"0755\",\"path\":\"lib/ä \\\"q\\\".jar\",\"sha256\":\"" + HASH
                        + "\",\"size\":1}],\"format\":1,\"release\":\"checkout/1.4.2\","
                        + "\"snapshot\":{\"mode\":\"0644\",\"path\":\"rollback/snapshot.yaml\",\"sha256\":\"" + HASH
                        + "\",\"size\":1}}");
        assertThat(Manifest.parse(manifest.toBytes())).isEqualTo(manifest);
        assertThat(manifest.hash()).isEqualTo(Sha256.of(manifest.toBytes()));
    }

    @Test
    public void theOrderOfTheFilesGivenDoesNotMatter() {
        assertThat(manifest(file("b"), file("a")).hash())
                .isEqualTo(manifest(file("a"), file("b")).hash());
    }

    @Test
    public void pathsThatCouldLeaveTheFolderAreRefused() {
        for (String bad : new String[] {
            "", "/etc/passwd", "../x", "a/../../x", "a/..", "./a", "a//b", "a/", "a\\b", "a\nb", "a\u0000b", "\ud800x"
        }) {
            assertThatThrownBy(() -> manifest(file(bad)))
                    .as("path <%s>", bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    public void aPathTwiceOrBelowAFileOrLinkIsRefused() {
        assertThatThrownBy(() -> manifest(file("a"), file("a"))).hasMessageContaining("stands twice");
        assertThatThrownBy(() -> manifest(file("a/b"), file("a"))).hasMessageContaining("lies below the file a");
        assertThatThrownBy(() -> manifest(file("a/b/c"), link("a", "d"), file("d/b/c")))
                .hasMessageContaining("lies below the link a");
    }

    @Test
    public void linksThatLeadOutAreRefusedAlsoThroughOtherLinks() {
        assertThatThrownBy(() -> manifest(link("a", "/etc/passwd"))).hasMessageContaining("not a relative path");
        assertThatThrownBy(() -> manifest(link("a", "../x"))).hasMessageContaining("leads out");
        assertThatThrownBy(() -> manifest(link("d/a", "../../x"))).hasMessageContaining("leads out");
        // each looks harmless as text: d/e/up is the folder d, and x -> d/e/up/../.. is one above the root
        assertThatThrownBy(() -> manifest(link("d/e/up", "../../f"), file("f/g"), link("x", "d/e/up/../../y")))
                .hasMessageContaining("'x'")
                .hasMessageContaining("leads out");
    }

    @Test
    public void linksThatLeadInACircleAreRefused() {
        assertThatThrownBy(() -> manifest(link("a", "a"))).hasMessageContaining("circle");
        assertThatThrownBy(() -> manifest(link("a", "b"), link("b", "a"))).hasMessageContaining("circle");
        assertThatThrownBy(() -> manifest(link("d/loop", "../d"))).hasMessageContaining("circle");
        assertThatThrownBy(() -> manifest(link("loop", "."))).hasMessageContaining("circle");
    }

    @Test
    public void usualLinksAreWelcome() {
        Manifest manifest = manifest(
                file("lib/libx.so.1.2"),
                link("lib/libx.so.1", "libx.so.1.2"),
                link("lib/libx.so", "libx.so.1"),
                link("bin/lib", "../lib"),
                link("broken", "not/there"));
        assertThat(Manifest.parse(manifest.toBytes())).isEqualTo(manifest);
    }

    @Test
    public void entriesThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> new FileEntry("a", 1, 0644, null, null)).hasMessageContaining("SHA-256");
        assertThatThrownBy(() -> new FileEntry("a", 1, 0644, "../../etc/passwd", null))
                .hasMessageContaining("not a SHA-256");
        assertThatThrownBy(() -> new FileEntry("a", 1, 0644, HASH.toUpperCase(), null))
                .hasMessageContaining("not a SHA-256");
        assertThatThrownBy(() -> new FileEntry("a", -1, 0644, HASH, null)).hasMessageContaining("impossible size");
        assertThatThrownBy(() -> new FileEntry("a", 1, 04755, HASH, null)).hasMessageContaining("impossible mode");
        assertThatThrownBy(() -> new FileEntry("a", 0, 0777, HASH, "b")).hasMessageContaining("has contents");
    }

    @Test
    public void whatIsNoManifestIsRefusedSayingWhere() {
        assertThatThrownBy(() -> Manifest.parse("{\"files\":[\n oops".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> Manifest.parse("[]".getBytes(UTF_8))).hasMessageContaining("format is missing");
        assertThatThrownBy(() -> Manifest.parse("{\"files\":[],\"format\":2}".getBytes(UTF_8)))
                .hasMessageContaining("format is 2");
        String good = new String(manifest(file("a"), file("b")).toBytes(), UTF_8);
        assertThatThrownBy(
                        () -> Manifest.parse(good.replace("\"b\"", "\"../b\"").getBytes(UTF_8)))
                .hasMessageContaining("../b");
        assertThatThrownBy(
                        () -> Manifest.parse(good.replace("\"0644\"", "\"9\"").getBytes(UTF_8)))
                .hasMessageContaining("files[0]: mode is not octal");
        assertThatThrownBy(() -> Manifest.parse((good + " ").getBytes(UTF_8))).hasMessageContaining("canonical");
        assertThatThrownBy(() -> Manifest.parse(good.replace("\"a\"", "\"c\"").getBytes(UTF_8)))
                .as("files out of order")
                .hasMessageContaining("canonical");
        assertThatThrownBy(() -> Manifest.parse(
                        good.replace("{\"files\"", "{\"extra\":1,\"files\"").getBytes(UTF_8)))
                .hasMessageContaining("unknown keys");
    }
}
