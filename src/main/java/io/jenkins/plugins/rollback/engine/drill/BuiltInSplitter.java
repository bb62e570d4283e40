package io.jenkins.plugins.rollback.engine.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A reverse proxy in this process, for where no HAProxy is at hand. */
final class BuiltInSplitter implements Splitter {

    private static final int LONGEST_SECONDS = 6;

    private final HttpServer server;
    private final ExecutorService pool = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "drill splitter");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<Slot, Integer> ports = new ConcurrentHashMap<>();
    private final Random random;
    private volatile int canaryShare;

    BuiltInSplitter(long seed) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 256);
        server.setExecutor(pool);
        server.createContext("/", this::forward);
        server.start();
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void point(Slot slot, int port) {
        ports.put(slot, port);
    }

    @Override
    public void canaryShare(int percent) {
        canaryShare = percent;
    }

    @Override
    public int canaryShare() {
        return canaryShare;
    }

    private void forward(HttpExchange exchange) throws IOException {
        Slot slot = random.nextInt(100) < canaryShare ? Slot.CANARY : Slot.BASELINE;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(slot) + "/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        int status = 502;
        byte[] body = new byte[0];
        try {
            HttpResponse<byte[]> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
            status = answer.statusCode();
            body = answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            body = "bad gateway\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
