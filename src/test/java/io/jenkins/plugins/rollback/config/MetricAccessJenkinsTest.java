package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Which secret and which proxy a metric server is asked with. */
public class MetricAccessJenkinsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    public void aSourceIsAskedWithItsCredentialAndByTheProxyOfJenkins() throws Exception {
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "keys", null, "ap1-key", "application-key"));
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.enqueue(new MockResponse().setBody("{\"status\":\"ok\",\"series\":[]}"));
            jenkins.jenkins.setProxy(new ProxyConfiguration("localhost", proxy.getPort(), null, null, "*.inside"));
            MetricSourceConfig config = new MetricSourceConfig("dog", "datadog", "http://datadog.invalid");
            config.setCredentialsId("keys");
            RollbackConfiguration.get().setMetricSources(List.of(config));

            new ConfiguredSources().find("dog").orElseThrow().probe();

            RecordedRequest request = proxy.takeRequest();
            assertThat(request.getRequestLine()).startsWith("GET http://datadog.invalid/api/v1/query?");
            assertThat(request.getHeader("DD-API-KEY")).isEqualTo("ap1-key");
            assertThat(request.getHeader("DD-APPLICATION-KEY")).isEqualTo("application-key");
        }
        String saved = Files.readString(jenkins.jenkins
                .getRootDir()
                .toPath()
                .resolve("io.jenkins.plugins.rollback.config.RollbackConfiguration.xml"));
        assertThat(saved).contains("<credentialsId>keys</credentialsId>").doesNotContain("application-key");
    }

    @Test
    public void exceptionsAndPasswordOfTheProxyAreJenkins() throws Exception {
        JenkinsProxy proxy = new JenkinsProxy();
        assertThat(proxy.towards("metrics.example.org")).isNull();
        assertThat(proxy.secret()).isNull();
        jenkins.jenkins.setProxy(new ProxyConfiguration("proxy.example.org", 3128, "me", "pr0xy", "*.inside"));
        assertThat(proxy.towards("metrics.inside")).isEqualTo(Proxy.NO_PROXY);
        assertThat(((InetSocketAddress) proxy.towards("metrics.example.org").address()).getPort())
                .isEqualTo(3128);
        assertThat(proxy.secret()).isEqualTo(new MetricSecret("me", "pr0xy"));
    }

    @Test
    public void aSecretIsATextAFileOrAPair() throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", null, Secret.fromString("t0ken")));
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "file",
                null,
                "key.json",
                SecretBytes.fromBytes("{\"a\": 1}".getBytes(StandardCharsets.UTF_8))));
        assertThat(Secrets.secret("it", "text")).isEqualTo(new MetricSecret(null, "t0ken"));
        assertThat(Secrets.secret("it", "file")).isEqualTo(new MetricSecret(null, "{\"a\": 1}"));
        assertThatThrownBy(() -> Secrets.secret("it", "gone"))
                .hasMessageStartingWith("it: there is no credential 'gone'");
    }

    private static void add(Credentials credentials) {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
    }
}
