package io.jenkins.plugins.rollback.engine.ledger.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class IndexesTest {

    @Test
    public void givesBackWhatWasAdded() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            Indexes indexes = new Indexes();
            List<Long> expected = new ArrayList<>();
            long index = random.nextInt(2);
            for (int i = random.nextInt(50); i >= 0; i--) {
                indexes.add(index);
                expected.add(index);
                index += 1 + (random.nextLong() >>> random.nextInt(50) + 14);
            }
            assertThat(indexes.size()).isEqualTo(expected.size());
            assertThat(indexes.toArray())
                    .isEqualTo(expected.stream().mapToLong(Long::longValue).toArray());
        }
        assertThat(new Indexes().toArray()).isEmpty();
    }

    @Test
    public void refusesWhatIsNotAscending() {
        Indexes indexes = new Indexes();
        indexes.add(0);
        assertThatIllegalArgumentException().isThrownBy(() -> indexes.add(0));
        indexes.add(7);
        assertThatIllegalArgumentException().isThrownBy(() -> indexes.add(6));
        assertThat(indexes.toArray()).containsExactly(0, 7);
    }

    /** What was kept aside has another index once it is merged. */
    @Test
    public void asksAgainWhenEntriesHaveMoved() throws Exception {
        MemoryLedger ledger = new MemoryLedger();
        Entry first = ledger.append(Event.of(EventKind.OVERRIDE).with("what", "gate"));
        List<long[]> answers = new ArrayList<>(List.of(new long[] {0, 1L << 30}, new long[] {0}));

        assertThat(Indexes.read(ledger, () -> answers.remove(0))).containsExactly(first);
        assertThatThrownBy(() -> Indexes.read(ledger, () -> new long[] {0, 1}))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
