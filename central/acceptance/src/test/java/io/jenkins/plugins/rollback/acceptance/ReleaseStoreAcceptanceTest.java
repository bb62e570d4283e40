package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * A real Jenkins that keeps its releases in a real S3 server or OCI registry, with the libraries as they are loaded there,
 * and finds them again after its own folder was lost.
 */
public class ReleaseStoreAcceptanceTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String CASC = String.join(
            "\n",
            "credentials:",
            "  system:",
            "    domainCredentials:",
            "      - credentials:",
            "          - usernamePassword:",
            "              {scope: GLOBAL, id: store, description: store, username: AKIDEXAMPLE, password: secret-example}",
            "unclassified:",
            "  releaseRollback:",
            "    releaseStore: {use: primary, credentialsId: store, %s}",
            "    environments:",
            "      - name: production",
            "    claims:",
            "      - {service: shop, item: shop}",
            "");

    private static final String JENKINSFILE = String.join(
            "\n",
            "node {",
            "    if (params.RETAIN == 'yes') {",
            "        writeFile file: 'app.txt', text: 'what is kept\\n' * 2000",
            "        retainRelease service: 'shop', environment: 'production', version: '1.0', artifacts: 'app.txt'",
            "    }",
            "    def dir = restoreRelease service: 'shop', version: '1.0'",
            "    echo \"restored ${readFile(dir + '/app.txt').length()} characters\"",
            "}",
            "");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Says in one line why nothing was run where there is no Jenkins. */
    @Rule
    public final ExternalResource jenkins = new ExternalResource() {
        @Override
        protected void before() {
            JenkinsDist.require();
        }
    };

    @Test
    public void inS3() throws Throwable {
        Path mock = Path.of("..", "s3mock", "target").toAbsolutePath();
        int port = Programs.freePort();
        try (Programs programs = new Programs(folder.newFolder().toPath())) {
            programs.start(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    mock.resolve("classes") + ":"
                            + Files.readString(mock.resolve("class-path")).strip(),
                    "io.jenkins.plugins.rollback.s3mock.S3MockOnLoopback",
                    "--server.port=0",
                    "--http.port=" + port,
                    "--com.adobe.testing.s3mock.store.root=" + folder.newFolder(),
                    "--com.adobe.testing.s3mock.store.initial-buckets=releases");
            String url = "http://127.0.0.1:" + port;
            Programs.awaitOk(url + "/releases?list-type=2", "ListBucketResult");
            outlivesItsFolder("kind: s3, location: releases/one, endpoint: '" + url + "'");
            Programs.awaitOk(url + "/releases?list-type=2&prefix=one/", "one/");
        }
    }

    @Test
    public void inARegistry() throws Throwable {
        int port = Programs.freePort();
        Path config = Files.writeString(
                folder.newFile("registry.yml").toPath(),
                String.join(
                        "\n",
                        "version: 0.1",
                        "storage: {filesystem: {rootdirectory: '" + folder.newFolder() + "'}, delete: {enabled: true}}",
                        "http: {addr: '127.0.0.1:" + port + "'}",
                        ""));
        try (Programs programs = new Programs(folder.newFolder().toPath())) {
            programs.start("docker-registry", "serve", config.toString());
            String url = "http://127.0.0.1:" + port;
            Programs.awaitOk(url + "/v2/", "{");
            outlivesItsFolder("kind: oci, location: '" + url + "/releases'");
            Programs.awaitOk(url + "/v2/_catalog", "releases/shop");
        }
    }

    private void outlivesItsFolder(String store) throws Throwable {
        JenkinsServer server = new JenkinsServer().casc(String.format(CASC, store));
        server.before();
        try {
            Job job = server.as("admin").job("shop").createPipeline(JENKINSFILE, "RETAIN");
            restores(job.build(Map.of("RETAIN", "yes")));
            server.stop();
            deleteContents(server.home().resolve("release-rollback/vault"));
            deleteContents(server.home().resolve("workspace"));
            server.start();
            restores(server.as("admin").job("shop").build(Map.of("RETAIN", "no")));
            server.requireNoWarnings();
        } finally {
            server.end();
        }
    }

    private static void restores(Build build) {
        assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo("SUCCESS");
        assertThat(build.log()).contains("restored 26000 characters");
    }

    private static void deleteContents(Path folder) throws IOException {
        assertThat(folder).isNotEmptyDirectory();
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }
}
