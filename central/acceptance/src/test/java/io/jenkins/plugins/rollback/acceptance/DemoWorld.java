package io.jenkins.plugins.rollback.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What Jenkins deploys to, and the only witness that these tests believe about what is deployed. Each service has the
 * tracks {@code baseline} and {@code canary}; {@code POST /SERVICE/deploy/canary} (or {@code everyone}) with a JSON text
 * {@code {"version": ..., "errors": share}} puts a release there, and {@code /SERVICE/metrics} says how it does.
 */
public final class DemoWorld implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, DemoTracks> services = new ConcurrentHashMap<>();

    DemoWorld() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        http.createContext("/", this::serve);
        http.setExecutor(threads);
        http.start();
    }

    /** @return the address of a service's pages, without a slash at its end */
    public String url(String service) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/" + service;
    }

    /** @return a service; it is there as soon as it is asked for */
    public DemoTracks service(String name) {
        return services.computeIfAbsent(name, DemoTracks::new);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/");
            DemoTracks service = service(path[1]);
            String said = "unknown page\n";
            int status = 404;
            if (path.length == 3 && path[2].equals("metrics")) {
                said = service.metrics();
                status = 200;
            } else if (path.length == 4 && path[2].equals("deploy")) {
                JsonNode app = JSON.readTree(exchange.getRequestBody());
                service.deploy(
                        path[3], app.get("version").asText(), app.get("errors").asDouble());
                said = path[3] + " gets " + app.get("version").asText() + "\n";
                status = 200;
            }
            byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
