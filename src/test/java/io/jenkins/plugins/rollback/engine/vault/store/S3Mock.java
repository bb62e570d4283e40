package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A real S3 server for a class of tests, on loopback. The Central build makes it; elsewhere those tests are left out. */
public final class S3Mock extends ExternalResource {

    static final String BUCKET = "releases";
    static final StoreSecret SECRET = new StoreSecret("AKIDEXAMPLE", "wJalrXUtnFEMI-example");

    private final TemporaryFolder folder = new TemporaryFolder();
    private AnnouncedServer server;

    @Override
    protected void before() throws Throwable {
        String target = System.getProperty("s3mock.folder");
        assumeTrue("S3Mock is made by the Central build alone", target != null);
        Path classes = Path.of(target, "classes");
        Path classPath = Path.of(target, "class-path");
        assertThat(classPath).exists();
        folder.create();
        server = new AnnouncedServer(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx200m",
                        "-cp",
                        classes + ":" + Files.readString(classPath).strip(),
                        "io.jenkins.plugins.rollback.s3mock.S3MockOnLoopback",
                        "--server.port=0",
                        "--http.port=0",
                        "--com.adobe.testing.s3mock.store.root=" + folder.getRoot(),
                        "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET),
                folder.getRoot().toPath(),
                Pattern.compile("^port (\\d+)$"));
    }

    @Override
    protected void after() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        folder.delete();
    }

    /** Where a vault of its own lies in the server. */
    public S3Settings settings(String prefix) {
        return settings(URI.create("http://127.0.0.1:" + server.port()), BUCKET, prefix, Duration.ofSeconds(30));
    }

    static S3Settings settings(URI endpoint, String bucket, String prefix, Duration patience) {
        return new S3Settings(bucket, prefix, "us-east-1", endpoint, "", "", 0, patience);
    }

    /** A store in it. */
    public ObjectStore store(String prefix) throws IOException {
        return new S3Store(settings(prefix), () -> SECRET, Clock.systemUTC());
    }
}
