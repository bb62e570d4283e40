package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger show}: entries, with the people behind the commitments where nobody erased them. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows entries in order. The ledger may be in use.")
final class LedgerShowCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--from", defaultValue = "0", paramLabel = "INDEX", description = "The first entry (default: 0).")
    private long from;

    @Option(names = "--to", paramLabel = "INDEX", description = "The entry before which to stop (default: the end).")
    private Long to;

    @Mixin
    private JsonOption json;

    LedgerShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (Ledger open = ledger.read()) {
            long end = to == null ? open.size() : Math.min(to, open.size());
            if (from < 0 || from > open.size()) {
                throw new BadInputException("--from: there are " + open.size() + " entries, no entry " + from);
            }
            for (long index = from; index < end; index++) {
                if (open.isDropped(index)) {
                    dropped(index);
                } else {
                    print(open, open.entry(index));
                }
            }
        }
        return 0;
    }

    private void dropped(long index) {
        if (json.wanted()) {
            console.print(
                    JsonNodeFactory.instance.objectNode().put("index", index).put("dropped", true));
        } else {
            console.out().println(index + "  dropped by the retention schedule");
        }
    }

    private void print(Ledger open, Entry entry) throws Exception {
        String reason = entry.reason() == null
                ? null
                : open.people().text(entry.reason()).orElse(null);
        if (json.wanted()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("index", entry.index());
            line.set("entry", JSON.readTree(open.raw(entry.index())));
            // beside the entry, not in it: this can be erased, the entry cannot
            line.put(
                    "actor",
                    open.people().actor(entry.actor()).map(Actor::toString).orElse(null));
            line.put("reason", reason);
            console.print(line);
            return;
        }
        String about = Stream.of(entry.service(), entry.environment(), entry.version())
                .filter(name -> name != null)
                .collect(Collectors.joining(" "));
        console.out()
                .println(entry.index() + "  " + entry.time() + "  "
                        + entry.kind().wire() + "  " + about + "  by "
                        + open.people().shown(entry.actor())
                        + (reason == null
                                ? ""
                                : ": " + reason.lines().findFirst().orElse("")));
    }
}
