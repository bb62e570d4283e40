package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class AskerTest {

    private static final MetricQuery QUERY = new MetricQuery("prom", "errors $track");

    private final List<Long> pauses = new ArrayList<>();
    private int asked;

    @Test
    public void waitsAsLongAsTheServerWants() throws Exception {
        Asker asker = asker(Duration.ofMinutes(1), Duration.ofSeconds(7), 2);
        assertThat(asker.read(QUERY, "canary", FakeMetrics.START).value()).isEqualTo(5);
        assertThat(pauses).containsExactly(7000L, 7000L);
    }

    @Test
    public void waitsNoLongerThanTheLookHasTime() {
        Asker asker = asker(Duration.ofSeconds(10), Duration.ofSeconds(7), 2);
        assertThatThrownBy(() -> asker.read(QUERY, "canary", FakeMetrics.START))
                .isInstanceOf(MetricException.class)
                .hasMessage("HTTP 429 (it wants to be left alone for 7 s)");
        assertThat(asked).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    public void aServerWithoutWishesIsAskedAgainSoon() throws Exception {
        asker(Duration.ofMinutes(1), Duration.ZERO, 2).read(QUERY, "canary", FakeMetrics.START);
        assertThat(pauses).containsExactly(500L, 1000L);
    }

    @Test
    public void pausesGrowByChanceButNeverShrink() throws Exception {
        Asker.Sleeper sleeper = Asker.Sleeper.jittered(new Random(4), pauses::add);
        for (int i = 0; i < 200; i++) {
            sleeper.sleep(1000);
        }
        assertThat(pauses).allMatch(pause -> pause >= 1000 && pause <= 1500);
        assertThat(pauses.stream().distinct().count()).isGreaterThan(100);
    }

    private Asker asker(Duration interval, Duration retryAfter, int failures) {
        FakeMetrics metrics = new FakeMetrics((query, at) -> {
            if (asked++ < failures) {
                throw new MetricException("HTTP 429", retryAfter);
            }
            return 5;
        });
        return new Asker(metrics, interval, pauses::add);
    }
}
