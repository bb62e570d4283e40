package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Real servers that a test starts as processes of its own, and ends. */
final class Programs implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /** @param folder for what they print; created when absent */
    Programs(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void start(String program, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(options));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve(Path.of(program).getFileName() + ".log").toFile())
                .start());
    }

    /** Waits until an address answers 200 with a text. */
    static void awaitOk(String url, String text) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
        HttpClient http = HttpClient.newHttpClient();
        Awaitility.await(url).atMost(LIMIT).ignoreExceptions().until(() -> {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains(text);
        });
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
