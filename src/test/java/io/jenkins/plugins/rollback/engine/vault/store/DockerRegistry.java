package io.jenkins.plugins.rollback.engine.vault.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A real OCI registry for a class of tests, on loopback, that lets nobody in without a password. */
public final class DockerRegistry extends ExternalResource {

    /** The hash of the password below. */
    private static final String HTPASSWD = "robot:$2y$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2\n";

    public static final String USER = "robot";
    public static final String PASSWORD = "correct horse";

    static final StoreSecret SECRET = new StoreSecret(USER, PASSWORD);

    private final TemporaryFolder folder = new TemporaryFolder();
    private AnnouncedServer server;

    @Override
    protected void before() throws Throwable {
        folder.create();
        Path root = folder.getRoot().toPath();
        Files.writeString(root.resolve("htpasswd"), HTPASSWD);
        Path config = Files.writeString(
                root.resolve("config.yml"),
                """
                version: 0.1
                log: {level: info}
                storage:
                  filesystem: {rootdirectory: '%1$s/data'}
                  delete: {enabled: true}
                http: {addr: '127.0.0.1:0'}
                auth:
                  htpasswd: {realm: tests, path: '%1$s/htpasswd'}
                """
                        .formatted(root));
        server = new AnnouncedServer(
                List.of("docker-registry", "serve", config.toString()),
                root,
                Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)"));
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

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Host and port. */
    public String address() {
        return uri().getAuthority();
    }

    /** A store in it. */
    public ObjectStore store(String repository) {
        return new OciStore(new OciSettings(uri(), repository, Duration.ofSeconds(20)), () -> SECRET);
    }
}
