package io.jenkins.plugins.rollback.engine.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The service that drills deploy: a process of its own, started from the files of a release and nothing else. How it
 * behaves stands in the release's {@code service.properties}; the same jar is a good or a bad version.
 *
 * <p>It has no dependency and no nested class, so that a release consists of one small jar and one text file. It ends
 * when its standard input ends: it never outlives the drill.
 */
public final class DemoService {

    private static final double[] BUCKETS = {0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1};

    private final Properties behaviour = new Properties();
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, DoubleAdder> sums = new ConcurrentHashMap<>();
    private final String identity;
    private final Random random;
    private volatile String track = "none";

    private DemoService(Path release, long seed) throws Exception {
        try (InputStream in = Files.newInputStream(release.resolve("service.properties"))) {
            behaviour.load(in);
        }
        identity = identity(release);
        random = new Random(seed);
    }

    /**
     * Runs the service until standard input ends.
     *
     * @param args folder of the release, port on the loopback interface, seed
     */
    public static void main(String[] args) throws Exception {
        DemoService service = new DemoService(Path.of(args[0]), Long.parseLong(args[2]));
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), Integer.parseInt(args[1]));
        HttpServer server = HttpServer.create(address, 256);
        server.setExecutor(Executors.newFixedThreadPool(96));
        server.createContext("/", service::serve);
        server.createContext("/metrics", service::metrics);
        server.createContext("/identity", exchange -> answer(exchange, 200, service.identity));
        server.createContext("/track/", service::setTrack);
        server.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // whatever comes in means nothing; only the end does
        }
        System.exit(0);
    }

    /** SHA-256 of each file that this process runs from: what is really deployed, said by itself. */
    private static String identity(Path release) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String file : new String[] {"demo.jar", "service.properties"}) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(release.resolve(file)));
            text.append(HexFormat.of().formatHex(hash)).append(' ').append(file).append('\n');
        }
        return text.toString();
    }

    private void serve(HttpExchange exchange) throws IOException {
        long begin = System.nanoTime();
        double share;
        double slow;
        double jitter;
        synchronized (random) {
            share = random.nextDouble();
            slow = random.nextDouble();
            jitter = -Math.log(1 - random.nextDouble());
        }
        double millis = number("millis") + jitter * number("jitterMillis");
        if (slow < number("slowShare")) {
            millis += number("slowMillis");
        }
        try {
            Thread.sleep(Math.round(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int code = share < number("errorShare") ? 500 : 200;
        String version = behaviour.getProperty("version");
        answer(exchange, code, code == 200 ? "hello from " + version + "\n" : "no luck with " + version + "\n");
        count(code, (System.nanoTime() - begin) / 1e9);
    }

    private double number(String key) {
        return Double.parseDouble(behaviour.getProperty(key, "0"));
    }

    private void count(int code, double seconds) {
        String now = track;
        if (now.equals("none")) {
            return; // warming up
        }
        counter(requests(now, code)).increment();
        for (double bucket : BUCKETS) {
            if (seconds <= bucket) {
                counter(bucket(now, String.valueOf(bucket))).increment();
            }
        }
        counter(bucket(now, "+Inf")).increment();
        counter("http_request_duration_seconds_count{track=\"" + now + "\"}").increment();
        sums.get("http_request_duration_seconds_sum{track=\"" + now + "\"}").add(seconds);
    }

    private LongAdder counter(String series) {
        return counters.computeIfAbsent(series, key -> new LongAdder());
    }

    private static String requests(String track, int code) {
        return "http_requests_total{code=\"" + code + "\",track=\"" + track + "\"}";
    }

    private static String bucket(String track, String le) {
        return "http_request_duration_seconds_bucket{le=\"" + le + "\",track=\"" + track + "\"}";
    }

    /** From now on requests count for this track. Its series begin at 0 at once: an increase needs a beginning. */
    private void setTrack(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/track/".length());
        if (!exchange.getRequestMethod().equals("POST") || !name.matches("baseline|canary")) {
            answer(exchange, 400, "POST /track/baseline or /track/canary\n");
            return;
        }
        counter(requests(name, 200));
        counter(requests(name, 500));
        counter("http_request_duration_seconds_count{track=\"" + name + "\"}");
        sums.computeIfAbsent("http_request_duration_seconds_sum{track=\"" + name + "\"}", key -> new DoubleAdder());
        track = name;
        answer(exchange, 200, name + "\n");
    }

    private void metrics(HttpExchange exchange) throws IOException {
        StringBuilder page = new StringBuilder();
        page.append("# HELP http_requests_total Answered requests.\n# TYPE http_requests_total counter\n");
        append(page, "http_requests_total");
        page.append("# HELP http_request_duration_seconds Time to answer.\n");
        page.append("# TYPE http_request_duration_seconds histogram\n");
        append(page, "http_request_duration_seconds_");
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        answer(exchange, 200, page.toString());
    }

    private void append(StringBuilder page, String prefix) {
        Map<String, String> lines = new TreeMap<>();
        counters.forEach((series, value) -> lines.put(series, String.valueOf(value.sum())));
        sums.forEach((series, value) -> lines.put(series, String.format(Locale.ROOT, "%.6f", value.sum())));
        lines.forEach((series, value) -> {
            if (series.startsWith(prefix)) {
                page.append(series).append(' ').append(value).append('\n');
            }
        });
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
