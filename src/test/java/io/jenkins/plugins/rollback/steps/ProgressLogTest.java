package io.jenkins.plugins.rollback.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class ProgressLogTest {

    private final List<String> lines = new ArrayList<>();
    private long now = -5; // a clock of nanoseconds may be negative

    private final ProgressLog progress = new ProgressLog(lines::add, "Hashing", () -> now);

    @Test
    public void shortWorkSaysNothing() {
        now += 4_900_000_000L;
        progress.at("a", 100, 100);
        assertThat(lines).isEmpty();
    }

    @Test
    public void longWorkSaysHowFarItIsEachSomeSeconds() {
        for (int second = 0; second < 13; second++) {
            progress.at("a", second * 100_000_000L, 1_200_000_000L);
            now += 1_000_000_000L;
        }
        assertThat(lines)
                .containsExactly(
                        "Hashing: 41 % of 1.2 GB, 100.0 MB/s, about 7 s left",
                        "Hashing: 83 % of 1.2 GB, 100.0 MB/s, about 2 s left");
    }

    @Test
    public void saysWhatNeedNotBeSent() {
        now += 10_000_000_000L;
        progress.at(250_000_000, 1_000_000_000, 240_000_000);
        assertThat(lines).containsExactly("Hashing: 25 % of 1.0 GB, 25.0 MB/s, about 30 s left, 240.0 MB saved");
    }

    @Test
    public void longTimesAreInMinutesAndHours() {
        now += 10_000_000_000L;
        progress.at("a", 100, 1_001);
        now += 10_000_000_000L;
        progress.at("a", 1, 1_000);
        now += 10_000_000_000L;
        progress.at("a", 1_000, 1_000);
        assertThat(lines)
                .containsExactly(
                        "Hashing: 9 % of 1.0 kB, 0.0 MB/s, about 2 min left",
                        "Hashing: 0 % of 1.0 kB, 0.0 MB/s, about 5 h 33 min left",
                        "Hashing: 100 % of 1.0 kB, 0.0 MB/s");
    }

    @Test
    public void sizesAreForPeople() {
        assertThat(List.of(
                        ProgressLog.size(0),
                        ProgressLog.size(999),
                        ProgressLog.size(1000),
                        ProgressLog.size(999_960),
                        ProgressLog.size(10_000_000_000L)))
                .containsExactly("0 bytes", "999 bytes", "1.0 kB", "1.0 MB", "10.0 GB");
    }
}
