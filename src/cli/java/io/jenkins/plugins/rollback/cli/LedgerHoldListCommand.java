package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Hold;
import io.jenkins.plugins.rollback.engine.ledger.retention.Holds;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rollback ledger hold list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the holds in force, with who placed them and why. The ledger may be in use.")
final class LedgerHoldListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Mixin
    private JsonOption json;

    LedgerHoldListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (Ledger open = ledger.read()) {
            Holds holds = new Holds();
            open.attach(holds);
            for (Hold hold : holds.list()) {
                print(open, hold);
            }
        }
        return 0;
    }

    private void print(Ledger open, Hold hold) throws Exception {
        Entry entry = open.entry(hold.entry());
        if (json.wanted()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("hold", hold.id());
            line.set("on", entry.data().path("on"));
            line.put("entry", hold.entry());
            line.put("by", open.people().shown(entry.actor()));
            line.put("reason", open.people().text(entry.reason()).orElse(null));
            console.print(line);
        } else {
            console.out()
                    .println(hold.id() + "  " + entry.data().path("on") + "  by "
                            + open.people().shown(entry.actor()) + " since " + entry.time() + ": "
                            + open.people().shownText(entry.reason()));
        }
    }
}
