package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class MemoryLedgerTest {

    private final MemoryLedger ledger = new MemoryLedger();

    @Test
    public void appendsProjectsAndCommitsToPeople() throws Exception {
        List<Long> seen = new ArrayList<>();
        Entry first = ledger.append(Event.of(EventKind.EXPORT)
                .with("entries", 1)
                .actor(Actor.user("alice"))
                .reason("why"));
        ledger.attach(entry -> seen.add(entry.index()));
        Entry second = ledger.append(Event.of(EventKind.EXPORT)
                .with("entries", 1)
                .actor(Actor.user("alice"))
                .reason("why"));

        assertThat(seen).containsExactly(0L, 1L);
        assertThat(second.actor()).isEqualTo(first.actor()).doesNotContain("alice");
        assertThat(second.reason()).isNotEqualTo(first.reason());
        assertThat(ledger.people().actor(first.actor())).contains(Actor.user("alice"));
        assertThat(ledger.people().text(second.reason())).contains("why");
        assertThat(ledger.checkpoint().size()).isEqualTo(2);
    }

    @Test
    public void failedConditionWritesNothing() {
        assertThatThrownBy(() -> ledger.append(Event.of(EventKind.EXPORT).with("entries", 1), () -> {
                    throw new ConditionFailedException("no");
                }))
                .isInstanceOf(ConditionFailedException.class);
        assertThat(ledger.size()).isZero();
    }
}
