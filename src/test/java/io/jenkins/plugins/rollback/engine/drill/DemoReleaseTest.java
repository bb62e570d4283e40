package io.jenkins.plugins.rollback.engine.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DemoReleaseTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void versionsShareTheirJarToTheByteAndDifferInBehaviour() throws Exception {
        Path good = folder.getRoot().toPath().resolve("good");
        Path bad = folder.getRoot().toPath().resolve("bad");
        DemoRelease.healthy("1.0.0").build(good);
        new DemoRelease("2.0.0", 0.25, 0.3).build(bad);

        assertThat(Files.mismatch(good.resolve("demo.jar"), bad.resolve("demo.jar")))
                .isEqualTo(-1);
        assertThat(Files.readString(bad.resolve("service.properties")))
                .contains("version=2.0.0\n", "errorShare=0.250\n", "slowShare=0.300\n")
                .doesNotContain("\r");
    }

    @Test
    public void theServiceRunsFromTheReleasesFilesAloneAndCountsByTrack() throws Exception {
        Path release = folder.getRoot().toPath().resolve("release");
        new DemoRelease("2.0.0", 1, 0).build(release);
        int port = Ports.free(1).get(0);
        try (DemoInstance instance =
                DemoInstance.start("demo", release, port, 1, folder.getRoot().toPath())) {
            assertThat(instance.identity()).contains(" demo.jar\n", " service.properties\n");
            assertThat(Http.get(instance.url("/metrics")).body()).doesNotContain("http_requests_total{");
            instance.track("canary");
            assertThat(Http.get(instance.url("/")).statusCode()).isEqualTo(500);

            List<String> page =
                    Http.get(instance.url("/metrics")).body().lines().toList();

            assertThat(page)
                    .contains(
                            "http_requests_total{code=\"200\",track=\"canary\"} 0",
                            "http_requests_total{code=\"500\",track=\"canary\"} 1",
                            "http_request_duration_seconds_bucket{le=\"+Inf\",track=\"canary\"} 1",
                            "http_request_duration_seconds_count{track=\"canary\"} 1");
        }
    }
}
