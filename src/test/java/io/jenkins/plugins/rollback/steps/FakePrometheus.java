package io.jenkins.plugins.rollback.steps;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Answers the Prometheus API on loopback: 200 requests a look on the canary, 1800 on the baseline. */
final class FakePrometheus implements AutoCloseable {

    /** What the steps' tests put into the workspace. */
    static final String ANALYSIS =
            """
            analysis:
              interval: 1s
              looks: 40
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad $track'}
                  total: {source: prom, query: 'total $track'}
                  tolerance: 0.5
                  negligible: 0.05
            """;

    volatile double canaryErrors;
    volatile double baselineErrors = 0.01;
    volatile int status = 200;
    private final Random random = new Random(1);
    private final HttpServer server;

    FakePrometheus() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            byte[] body = ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                            + "{\"metric\":{},\"value\":[0,\"" + value(query) + "\"]}]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private synchronized int value(String query) {
        boolean canary = query.contains("canary");
        int of = canary ? 200 : 1800;
        if (!query.contains("bad")) {
            return of;
        }
        int bad = 0;
        for (int i = 0; i < of; i++) {
            bad += random.nextDouble() < (canary ? canaryErrors : baselineErrors) ? 1 : 0;
        }
        return bad;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
