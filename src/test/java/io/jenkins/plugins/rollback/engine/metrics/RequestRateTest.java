package io.jenkins.plugins.rollback.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class RequestRateTest {

    private static final Duration LONGEST = Duration.ofSeconds(100);

    private long millis;
    private final RequestRate rate = RequestRate.timed(3, () -> millis * 1_000_000, wait -> millis += wait);

    @Test
    public void noMinuteHasMoreRequestsThanAllowed() throws Exception {
        List<Long> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            assertThat(rate.await(LONGEST)).isNull();
            sent.add(millis);
            millis += i * 700 % 13_000;
        }
        for (int i = 3; i < sent.size(); i++) {
            assertThat(sent.get(i) - sent.get(i - 3)).isGreaterThanOrEqualTo(60_000);
        }
        assertThat(sent.get(2)).as("the first ones do not wait").isLessThan(3000);
    }

    @Test
    public void whoWouldWaitTooLongIsTurnedAwayAndTakesNoTurn() throws Exception {
        for (int i = 0; i < 3; i++) {
            rate.await(LONGEST);
        }
        millis += 30_000;
        assertThat(rate.await(Duration.ofSeconds(20))).hasSeconds(30);
        assertThat(rate.await(Duration.ofSeconds(30))).isNull();
        assertThat(millis).isBetween(60_000L, 60_001L);
    }

    @Test
    public void aClosedServerIsLeftAlone() throws Exception {
        rate.close(Duration.ofSeconds(5));
        rate.close(Duration.ofSeconds(2)); // does not open it earlier
        assertThat(rate.await(Duration.ofSeconds(1))).hasSeconds(5);
        assertThat(rate.await(LONGEST)).isNull();
        assertThat(millis).isBetween(5000L, 5001L);
        rate.close(Duration.ofDays(1));
        assertThat(rate.await(LONGEST)).as("not for ever").hasSeconds(300);
    }

    @Test
    public void lessThanOneIsNoRate() throws Exception {
        assertThatThrownBy(() -> RequestRate.perMinute(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RequestRate.perMinute(0).await(Duration.ZERO)).isNull();
    }
}
