package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.PersonalRecords;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger person erase}: removes name, salt and texts; every proof still holds. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = {
            "Erases a person's name, and the texts in which the id or a --name stands as a word of its own.",
            "Entries and proofs stay as they are; they then say \"erased person\". It cannot be undone."
        })
final class LedgerPersonEraseCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Mixin
    private PersonOption person;

    @Option(
            names = "--text",
            paramLabel = "COMMITMENT",
            description = "A further text that goes: the field 'reason' of an entry; may be repeated.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--keep-texts", description = "Erase no text but those given by --text.")
    private boolean keepTexts;

    @Option(
            names = "--by",
            paramLabel = "ACTOR",
            defaultValue = "system:command-line",
            description = "Who erases, for the entry that records it (default: ${DEFAULT-VALUE}).")
    private String eraser;

    @Mixin
    private JsonOption json;

    LedgerPersonEraseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (FileLedger open = ledger.open()) {
            PersonalRecords records = new PersonalRecords(open);
            List<String> marked = new ArrayList<>(texts);
            if (!keepTexts) {
                List<String> names = new ArrayList<>(person.names());
                names.add(person.person().id());
                marked.addAll(records.textsNaming(names));
            }
            PersonalRecords.Erased erased = records.erase(Actor.parse(eraser), person.person(), marked);
            if (json.wanted()) {
                console.print(JsonNodeFactory.instance
                        .objectNode()
                        .put("erased", erased.rows())
                        .put("texts", erased.texts())
                        .put("entry", erased.entry()));
            } else {
                console.out()
                        .println("Erased " + erased.rows() + " rows, " + erased.texts()
                                + " of them texts; recorded as entry " + erased.entry());
            }
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--person: " + e.getMessage(), e);
        }
        return 0;
    }
}
