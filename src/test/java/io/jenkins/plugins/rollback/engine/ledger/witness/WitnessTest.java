package io.jenkins.plugins.rollback.engine.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each kind of witness gives back what it was given last, and says what is wrong without secrets. */
public class WitnessTest {

    private static final String ONE = "log/1\n1\nroot\n\n\u2014 log/1 AAAA\n";
    private static final String TWO = "log/1\n2\nroot\n\n\u2014 log/1 BBBB\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static void keepsTheLast(Witness witness) throws IOException {
        assertThat(witness.last()).isEmpty();
        witness.keep(ONE);
        assertThat(witness.last()).contains(ONE);
        witness.keep(TWO);
        assertThat(witness.last()).contains(TWO);
    }

    @Test
    public void file() throws Exception {
        keepsTheLast(new FileWitness(folder.getRoot().toPath().resolve("a/b/checkpoint")));
    }

    @Test
    public void http() throws Exception {
        AtomicReference<byte[]> stored = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/shop", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean may = "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (may && exchange.getRequestMethod().equals("PUT")) {
                stored.set(body);
            }
            byte[] answer = may && stored.get() != null ? stored.get() : new byte[0];
            exchange.sendResponseHeaders(
                    may ? stored.get() == null ? 404 : 200 : 401, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/shop?token=t0ken");
            keepsTheLast(new HttpWitness(url, () -> Map.of("Authorization", "Bearer s3cret")));
            HttpWitness stranger = new HttpWitness(url, () -> Map.of("Authorization", "Bearer wr0ng"));
            assertThatThrownBy(() -> stranger.keep(ONE))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("answers 401")
                    .hasMessageNotContaining("wr0ng")
                    .hasMessageNotContaining("t0ken");
            assertThat(new String(stored.get(), StandardCharsets.UTF_8)).isEqualTo(TWO);
        } finally {
            server.stop(0);
        }
        assertThatThrownBy(() -> new HttpWitness(URI.create("file:///etc/passwd"), Map::of))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void git() throws Exception {
        Path remote = folder.newFolder("remote.git").toPath();
        git(remote, "init", "--quiet", "--bare", ".");
        Path cache = folder.getRoot().toPath().resolve("cache");
        GitWitness witness = new GitWitness(cache, remote.toString(), "checkpoints");
        keepsTheLast(witness);
        assertThat(git(remote, "log", "--format=%s", "checkpoints")).isEqualTo("Checkpoint 2\nCheckpoint 1\n");
        // another controller with a cache of its own goes on from there
        Witness other = new GitWitness(folder.getRoot().toPath().resolve("other"), remote.toString(), "checkpoints");
        assertThat(other.last()).contains(TWO);
        other.keep(ONE);
        assertThat(witness.last()).contains(ONE);

        GitWitness lost =
                new GitWitness(cache, folder.getRoot().toPath().resolve("none").toString(), "b");
        assertThatThrownBy(lost::last).isInstanceOf(IOException.class).hasMessageContaining("git ls-remote ended with");
        for (String bad : new String[] {"--upload-pack=touch x", "ext::sh -c x", " "}) {
            assertThatThrownBy(() -> new GitWitness(cache, bad, "b")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new GitWitness(cache, "x", "../b")).isInstanceOf(IllegalArgumentException.class);
    }

    /** A server that takes the connection and says nothing. */
    @Test(timeout = 60_000)
    public void gitServerThatHangsIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GitWitness witness = new GitWitness(
                    folder.getRoot().toPath().resolve("cache"),
                    "git://127.0.0.1:" + silent.getLocalPort() + "/x",
                    "b",
                    Map::of,
                    Duration.ofSeconds(1));
            assertThatThrownBy(witness::last)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("git ls-remote takes more than 1 s");
        }
    }

    @Test
    public void gitSendsCredentialsToItsRemoteAndSaysThemNowhere() throws Exception {
        AtomicReference<String> heard = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.set(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
        try {
            String remote = "http://127.0.0.1:" + server.getAddress().getPort() + "/ops/checkpoints.git";
            Path cache = folder.getRoot().toPath().resolve("secretive");
            GitWitness witness = new GitWitness(cache, remote, "b", () -> Map.of("Authorization", "Bearer s3cret"));
            assertThatThrownBy(witness::last)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("git ls-remote ended with")
                    .hasMessageNotContaining("s3cret");
            assertThat(heard.get()).isEqualTo("Bearer s3cret");
        } finally {
            server.stop(0);
        }
    }

    private static String git(Path in, String... args) throws Exception {
        String[] command = new String[args.length + 1];
        command[0] = "git";
        System.arraycopy(args, 0, command, 1, args.length);
        Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
