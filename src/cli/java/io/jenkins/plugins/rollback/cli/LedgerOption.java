package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.ReadOnlyLedger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Option;

/** Which ledger. */
final class LedgerOption {

    @Option(names = "--ledger", required = true, paramLabel = "DIR", description = "The ledger's folder.")
    private Path ledger;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The private key, where it is not the file 'key' in the ledger's folder.")
    private Path key;

    /** Opens it, making one where there is none. */
    FileLedger make(String origin) throws IOException {
        Path file = key == null ? ledger.resolve("key") : key;
        return FileLedger.open(ledger, origin, Clock.systemUTC(), LedgerKeys.inFile(file));
    }

    /** @throws BadInputException where there is none: reading must not leave an empty ledger behind */
    FileLedger open() throws IOException, BadInputException {
        existing();
        return make(null);
    }

    /** Opens one whose private key is lost, in a new epoch. */
    FileLedger openWithoutKey(String origin, Actor who, String reason) throws IOException, BadInputException {
        Path file = key == null ? existing().resolve("key") : key;
        return FileLedger.openWithoutKey(existing(), origin, Clock.systemUTC(), LedgerKeys.inFile(file), who, reason);
    }

    /** Opens it for reading; it may be in use. */
    ReadOnlyLedger read() throws IOException, BadInputException {
        return ReadOnlyLedger.open(existing());
    }

    /** The folder of a ledger that is there. */
    Path existing() throws BadInputException {
        return existing(ledger);
    }

    /** The same for a command that can do without. */
    static Path existing(Path ledger) throws BadInputException {
        if (!Files.isRegularFile(ledger.resolve("vkey"))) {
            throw new BadInputException("--ledger: there is no ledger in " + ledger);
        }
        return ledger;
    }
}
