package io.jenkins.plugins.rollback.engine.drill;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running {@link DemoService}. */
final class DemoInstance implements Closeable {

    private static final int WARM_UP = 60;

    private final String name;
    private final int port;
    private final ChildProcess process;

    private DemoInstance(String name, int port, ChildProcess process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts the service from the files of a release; returns when it answers and has answered often enough that its
     * first users do not wait for a cold machine.
     *
     * @param release folder with the artifacts: all that the process gets to see of this product
     */
    static DemoInstance start(String name, Path release, int port, long seed, Path logs)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ChildProcess process = ChildProcess.start(
                name,
                List.of(
                        java,
                        "-Xmx48m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        release.resolve("demo.jar").toString(),
                        release.toString(),
                        String.valueOf(port),
                        String.valueOf(seed)),
                logs.resolve(name + ".log"));
        DemoInstance instance = new DemoInstance(name, port, process);
        try {
            Wait.until(name + " answers", Duration.ofSeconds(20), () -> {
                process.requireAlive();
                return instance.answers();
            });
            Http.warmUp(instance.url("/"), WARM_UP);
            return instance;
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.close();
            throw e;
        }
    }

    boolean answers() throws InterruptedException {
        try {
            return process.isAlive() && Http.get(url("/identity")).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Hash and name of each file that the process runs from, as it says itself. */
    String identity() throws IOException, InterruptedException {
        return Http.get(url("/identity")).body();
    }

    /** Requests from now on count as {@code baseline} or {@code canary}. */
    void track(String track) throws IOException, InterruptedException {
        HttpResponse<String> answer = Http.post(url("/track/" + track));
        if (answer.statusCode() != 200) {
            throw new IOException(name + " answered " + answer.statusCode() + " to its track");
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    int port() {
        return port;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        process.close();
    }
}
