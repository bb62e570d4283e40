package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.Test;

/** Names of epochs count on, and tell which log they belong to. */
public class EpochsTest {

    private static final String FIRST = "ci.example.org/release-rollback/0123abcd/1";

    @Test
    public void theNumberCountsOnAndTwoCopiesGetTwoNames() {
        String second = Epochs.after(FIRST, new Random(1));
        assertThat(second).matches("ci.example.org/release-rollback/0123abcd/2-[0-9a-f]{8}");
        assertThat(Epochs.after(FIRST, new Random(2))).isNotEqualTo(second);
        assertThat(Epochs.after(second, new Random(1))).contains("/0123abcd/3-");
        assertThat(Epochs.after("a-log", new Random(1))).startsWith("a-log/2-");
    }

    @Test
    public void checkpointOfAnotherEpochIsOfTheSameLogAndOfAnotherLogIsNot() {
        String third = Epochs.after(Epochs.after(FIRST, new Random(1)), new Random(1));
        assertThat(Epochs.isOfLog(FIRST + "\n3\nroot\n", third)).isTrue();
        assertThat(Epochs.isOfLog("ci.example.org/release-rollback/0123abcd/shared/1\n3\nroot\n", FIRST))
                .isFalse();
        assertThat(Epochs.isOfLog("", FIRST)).isFalse();
    }
}
