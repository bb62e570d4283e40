package io.jenkins.plugins.rollback.engine.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.rollback.engine.drill.Splitter.Slot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What every splitter has to do. */
abstract class SplitterContract {

    private Splitter splitter;
    private HttpServer one;
    private HttpServer two;

    abstract Splitter create() throws Exception;

    private static HttpServer server(String text) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        return server;
    }

    @Before
    public void start() throws Exception {
        one = server("one");
        two = server("two");
        splitter = create();
        splitter.point(Slot.BASELINE, one.getAddress().getPort());
        splitter.point(Slot.CANARY, two.getAddress().getPort());
    }

    @After
    public void stop() throws Exception {
        splitter.close();
        one.stop(0);
        two.stop(0);
    }

    private int outOf200(String text) throws Exception {
        int count = 0;
        for (int i = 0; i < 200; i++) {
            count += Http.get(splitter.address()).body().equals(text) ? 1 : 0;
        }
        return count;
    }

    @Test
    public void sharesTrafficOutAsTold() throws Exception {
        splitter.canaryShare(0);
        assertThat(outOf200("one")).isEqualTo(200);
        splitter.canaryShare(10);
        assertThat(splitter.canaryShare()).isEqualTo(10);
        assertThat(outOf200("two")).isBetween(5, 40);
        splitter.canaryShare(100);
        assertThat(outOf200("two")).isEqualTo(200);
    }

    @Test
    public void canBePointedElsewhere() throws Exception {
        splitter.canaryShare(100);
        splitter.point(Slot.CANARY, one.getAddress().getPort());

        assertThat(outOf200("one")).isEqualTo(200);
    }
}
