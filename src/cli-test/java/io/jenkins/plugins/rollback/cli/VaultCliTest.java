package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class VaultCliTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private String store;
    private Path app;

    @Before
    public void files() throws Exception {
        store = folder.getRoot().toPath().resolve("store").toString();
        app = folder.newFile("app.jar").toPath();
        Files.writeString(app, "version 1 of the application");
    }

    private Cli put(String release, Path... files) {
        String[] args = Stream.concat(
                        Stream.of("vault", "put", "--store", store, "--release", release, "--json"),
                        Stream.of(files).map(Path::toString))
                .toArray(String[]::new);
        return Cli.run(args);
    }

    @Test
    public void putsAndGetsByteForByte() throws Exception {
        Cli put = put("shop/1", app);
        assertThat(put.status).as(put.err).isZero();
        assertThat(put.json().path("release").asText()).isEqualTo("shop/1");
        assertThat(put.json().path("files").asInt()).isEqualTo(1);
        assertThat(put.json().path("bytes").asLong()).isEqualTo(Files.size(app));
        assertThat(put.json().path("storedBytes").asLong()).isPositive();
        assertThat(put.json().has("seconds")).isTrue();
        Path into = folder.getRoot().toPath().resolve("restored");

        Cli get = Cli.run("vault", "get", "--store", store, "--release", "shop/1", "--into", into.toString());

        assertThat(get.status).as(get.err).isZero();
        assertThat(Files.mismatch(app, into.resolve("app.jar"))).isEqualTo(-1);
    }

    @Test
    public void theSameAgainAddsNothingAndOtherContentsAreRefused() throws Exception {
        put("shop/1", app);
        assertThat(put("shop/1", app).json().path("storedBytes").asLong()).isZero();
        Files.writeString(app, "something else");

        Cli again = put("shop/1", app);

        assertThat(again.status).isEqualTo(2);
        assertThat(again.err)
                .contains("is already retained with other contents")
                .hasLineCount(1);
    }

    @Test
    public void listsAndVerifies() throws Exception {
        put("shop/1", app);

        assertThat(Cli.run("vault", "list", "--store", store, "--json")
                        .json()
                        .at("/releases/0/release")
                        .asText())
                .isEqualTo("shop/1");
        assertThat(Cli.run("vault", "verify", "--store", store).out).isEqualTo("OK, 1 releases\n");
        try (Stream<Path> walk = Files.walk(Path.of(store))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).startsWith("version 1")) {
                    Files.writeString(file, "version 2 of the application");
                }
            }
        }
        Cli damaged = Cli.run("vault", "verify", "--store", store, "--json");
        assertThat(damaged.status).isEqualTo(1);
        assertThat(damaged.json().path("ok").asBoolean()).isFalse();
        assertThat(damaged.json().path("problems")).isNotEmpty();
        Path into = folder.getRoot().toPath().resolve("restored");
        Cli get = Cli.run("vault", "get", "--store", store, "--release", "shop/1", "--into", into.toString());
        assertThat(get.status).isEqualTo(1);
        assertThat(get.err).contains("expected SHA-256").hasLineCount(1);
        assertThat(into).doesNotExist();
    }

    @Test
    public void collectsOnlyWhatIsNamed() throws Exception {
        put("shop/1", app);

        Cli gc = Cli.run("vault", "gc", "--store", store, "--dry-run", "--json");

        assertThat(gc.status).as(gc.err).isZero();
        assertThat(gc.json().path("releases")).isEmpty();
        assertThat(gc.json().path("dryRun").asBoolean()).isTrue();
        Cli unknown = Cli.run("vault", "gc", "--store", store, "--drop", "shop/9");
        assertThat(unknown.status).isEqualTo(2);
        assertThat(unknown.err).contains("known: shop/1");
    }

    @Test
    public void badInputIsOneLine() throws Exception {
        put("shop/1", app);
        Cli missing = put("shop/2", Path.of("no-such-file"));
        Cli unknown = Cli.run("vault", "get", "--store", store, "--release", "shop/9", "--into", "x");
        Cli noVault = Cli.run("vault", "list", "--store", store + "-not");

        for (Cli cli : new Cli[] {missing, unknown, noVault}) {
            assertThat(cli.status).isEqualTo(2);
            assertThat(cli.err).hasLineCount(1);
        }
        assertThat(missing.err).contains("no such file or folder: no-such-file");
        assertThat(unknown.err).contains("there is no release shop/9 in the vault; known: shop/1");
        assertThat(noVault.err).contains("there is no vault in");
        assertThat(Path.of(store + "-not")).doesNotExist();
    }
}
