package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventJson;
import io.jenkins.plugins.rollback.engine.ledger.InvalidEventException;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger append}: records events from standard input. */
@Command(
        name = "append",
        mixinStandardHelpOptions = true,
        description = {
            "Reads one JSON event a line from standard input, records each durably and prints its index.",
            "A line that is no event ends it with exit status 2; the lines before it are recorded."
        })
final class LedgerAppendCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--origin",
            defaultValue = "localhost/release-rollback/1",
            description = "Name of the log, for a ledger that is new (default: ${DEFAULT-VALUE}).")
    private String origin;

    @Mixin
    private JsonOption json;

    LedgerAppendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (Ledger open = ledger.make(origin);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                print(append(open, number, line));
            }
        } catch (CharacterCodingException e) {
            throw new BadInputException("standard input is no text in UTF-8", e);
        }
        return 0;
    }

    private static long append(Ledger ledger, int number, String line) throws Exception {
        try {
            Event event = EventJson.read(line);
            return ledger.append(event).index();
        } catch (InvalidEventException e) {
            throw new BadInputException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private void print(long index) {
        if (json.wanted()) {
            console.print(JsonNodeFactory.instance.objectNode().put("index", index));
        } else {
            console.out().println(index);
        }
    }
}
