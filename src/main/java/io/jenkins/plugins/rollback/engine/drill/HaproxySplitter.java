package io.jenkins.plugins.rollback.engine.drill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A real HAProxy, told by its stats socket what to do. */
final class HaproxySplitter implements Splitter {

    private final ChildProcess process;
    private final Path socket;
    private final int port;

    /** @param folder for its configuration, socket and log; its path should be short, as sockets need */
    HaproxySplitter(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        socket = folder.resolve("s");
        port = Ports.free(1).get(0);
        Path configuration = folder.resolve("haproxy.cfg");
        String dropRights = "root".equals(System.getProperty("user.name")) ? "  user nobody\n  group nogroup\n" : "";
        // servers are placeholders of weight 0 until the drill points them somewhere
        Files.writeString(
                configuration,
                """
                global
                  stats socket unix@%s mode 600 level admin
                  maxconn 1000
                %sdefaults
                  mode http
                  timeout connect 2s
                  timeout client 10s
                  timeout server 10s
                frontend users
                  bind 127.0.0.1:%d
                  default_backend demo
                backend demo
                  balance roundrobin
                  server baseline 127.0.0.1:1 weight 0
                  server canary 127.0.0.1:1 weight 0
                """
                        .formatted(socket, dropRights, port));
        process = ChildProcess.start(
                "haproxy",
                List.of(Programs.require("haproxy"), "-db", "-f", configuration.toString()),
                folder.resolve("haproxy.log"));
        try {
            Wait.until("HAProxy listens", Duration.ofSeconds(10), () -> {
                process.requireAlive();
                return Files.exists(socket) && listens();
            });
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private boolean listens() {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public void point(Slot slot, int instance) throws IOException {
        String answer = tell("set server demo/" + slot.word() + " addr 127.0.0.1 port " + instance);
        // it answers a sentence also when all is well, for example "port changed from '1' to '8080'"
        if (answer.toLowerCase(Locale.ROOT).contains("error") || answer.contains("Invalid")) {
            throw new IOException("HAProxy: " + answer);
        }
    }

    @Override
    public void canaryShare(int percent) throws IOException {
        weight(Slot.CANARY, percent);
        weight(Slot.BASELINE, 100 - percent);
    }

    private void weight(Slot slot, int weight) throws IOException {
        String answer = tell("set server demo/" + slot.word() + " weight " + weight);
        if (!answer.isEmpty()) {
            throw new IOException("HAProxy: " + answer);
        }
    }

    @Override
    public int canaryShare() throws IOException {
        // "10 (initial 0)"
        String answer = tell("get weight demo/canary");
        try {
            return Integer.parseInt(answer.split(" ")[0]);
        } catch (NumberFormatException e) {
            throw new IOException("HAProxy: " + answer, e);
        }
    }

    private String tell(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer out = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII));
            while (out.hasRemaining()) {
                channel.write(out);
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer in = ByteBuffer.allocate(4096);
            while (channel.read(in) >= 0) {
                answer.write(in.array(), 0, in.position());
                in.clear();
            }
            return answer.toString(StandardCharsets.US_ASCII).strip();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
