package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class LedgerRetainCliTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private String ledger;

    /** 300 drills and alerts of a year ago. */
    @Before
    public void fill() throws Exception {
        Path dir = folder.getRoot().toPath().resolve("ledger");
        ledger = dir.toString();
        Clock past = Clock.fixed(Instant.now().minus(Duration.ofDays(365)), ZoneOffset.UTC);
        try (FileLedger open = FileLedger.open(dir, "cli.test/1", past, LedgerKeys.inFile(dir.resolve("key")))) {
            for (int i = 0; i < 150; i++) {
                open.append(Event.of(EventKind.DRILL_RUN)
                        .actor(Actor.user(i % 2 == 0 ? "alice" : "bob"))
                        .with("drill", "d-" + i)
                        .with("scenario", "bad-canary"));
                open.append(Event.of(EventKind.TRIGGER_RECEIVED)
                        .service("shop")
                        .environment("eu")
                        .with("delivery", "dl-" + i)
                        .with("endpoint", "alerts")
                        .with("dedupe", "incident-" + i)
                        .with("state", i % 10 == 0 ? "firing" : "resolved")
                        .with("sent", 1)
                        .with("outcome", "none"));
            }
        }
    }

    private Cli retain(String... more) {
        String[] all = new String[4 + more.length];
        System.arraycopy(new String[] {"ledger", "retain", "--ledger", ledger}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return Cli.run(all);
    }

    @Test
    public void saysWhatWouldGoThenDropsIt() throws Exception {
        Cli dry = retain("--keep", "deliveries=P90D", "--keep", "others=P7Y", "--dry-run", "--json");
        assertThat(dry.status).as(dry.err).isZero();
        JsonNode alerts = dry.json().at("/classes/deliveries");
        assertThat(alerts.path("dropped").asInt()).isEqualTo(115); // 128 in the full bundle, 13 of them go on
        assertThat(alerts.path("live").asInt()).isEqualTo(15);
        assertThat(alerts.path("waiting").asInt()).isEqualTo(20);
        assertThat(dry.json().path("classes").has("others")).isFalse();
        assertThat(dry.json().at("/entries/0").toString()).isEqualTo("[3,3]");
        assertThat(Cli.run("ledger", "verify", "--ledger", ledger).out).isEqualTo("OK, 300 entries\n");

        Cli swept = retain("--keep", "deliveries=P90D", "--sweep", "--by", "user:carol");
        assertThat(swept.status).as(swept.err).isZero();
        assertThat(swept.out)
                .contains("deliveries (kept for P90D): 115 went, 0 held, 15 still in use, 20 wait")
                .endsWith("Dropped 115 entries; recorded as entry 300\n");
        Cli verified = Cli.run("ledger", "verify", "--ledger", ledger, "--json");
        assertThat(verified.json().path("ok").asBoolean()).isTrue();
        assertThat(verified.json().path("dropped").asInt()).isEqualTo(115);
        assertThat(verified.json().path("notes").toString()).contains("entry 300 dropped 115 entries");
        assertThat(Cli.run("ledger", "verify", "--ledger", ledger).out)
                .isEqualTo("OK, 301 entries, 115 of them dropped by the retention schedule\n");
        assertThat(Cli.run("ledger", "show", "--ledger", ledger, "--from", "3", "--to", "5").out)
                .startsWith("3  dropped by the retention schedule\n4  ");
    }

    @Test
    public void holdsArePlacedListedAndLifted() throws Exception {
        Cli placed = Cli.run(
                "ledger",
                "hold",
                "add",
                "--ledger",
                ledger,
                "--id",
                "case-7",
                "--actor",
                "alice",
                "--reason",
                "subpoena of May",
                "--by",
                "user:counsel",
                "--json");
        assertThat(placed.status).as(placed.err).isZero();
        assertThat(placed.json().path("entry").asInt()).isEqualTo(300);
        assertThat(Cli.run("ledger", "hold", "list", "--ledger", ledger).out)
                .startsWith("case-7  {\"actor\":")
                .contains("by counsel since ")
                .endsWith(": subpoena of May\n");

        Cli dry = retain("--keep", "others=P30D", "--dry-run", "--json");
        assertThat(dry.json().at("/classes/others/held").asInt()).isEqualTo(75);
        assertThat(dry.json().at("/classes/others/dropped").asInt()).isEqualTo(64);

        Cli again = Cli.run(
                "ledger", "hold", "add", "--ledger", ledger, "--id", "case-7", "--service", "shop", "--reason", "x");
        assertThat(again.status).isEqualTo(2);
        assertThat(again.err).contains("there is a hold 'case-7' already");
        Cli lifted = Cli.run("ledger", "hold", "lift", "--ledger", ledger, "--id", "case-7", "--reason", "settled");
        assertThat(lifted.status).as(lifted.err).isZero();
        assertThat(Cli.run("ledger", "hold", "list", "--ledger", ledger, "--json").out)
                .isEmpty();
        assertThat(retain("--keep", "others=P30D", "--dry-run", "--json")
                        .json()
                        .at("/classes/others/held")
                        .asInt())
                .isZero();
        assertThat(Cli.run("ledger", "hold", "lift", "--ledger", ledger, "--id", "case-7", "--reason", "x").status)
                .isEqualTo(2);
    }

    @Test
    public void wrongUseIsToldApart() {
        assertThat(retain("--keep", "deliveries=P90D").err).contains("--dry-run");
        assertThat(retain("--keep", "parties=P90D", "--sweep").err).contains("'parties' is no class of events");
        assertThat(retain("--keep", "others=soon", "--sweep").err).contains("'soon' is no period like P90D");
        Cli nothing = Cli.run("ledger", "hold", "add", "--ledger", ledger, "--id", "x", "--reason", "y");
        assertThat(nothing.status).isEqualTo(2);
        assertThat(nothing.err).contains("a hold needs a service");
        Cli nobody =
                Cli.run("ledger", "hold", "add", "--ledger", ledger, "--id", "x", "--actor", "zoe", "--reason", "y");
        assertThat(nobody.err).contains("the ledger holds nothing by 'zoe'");
    }
}
