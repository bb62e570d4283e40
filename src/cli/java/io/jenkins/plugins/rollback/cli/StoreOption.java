package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which vault, and finding releases in it. */
final class StoreOption {

    @Option(names = "--store", required = true, paramLabel = "DIR", description = "The vault's folder.")
    private Path store;

    /** Opens it, making one where there is none. */
    Vault make() throws IOException {
        return FileVault.open(store);
    }

    /** @throws BadInputException where there is none: reading must not leave an empty vault behind */
    Vault open() throws IOException, BadInputException {
        return open(store);
    }

    /** The same for a command that can do without. */
    static Vault open(Path store) throws IOException, BadInputException {
        if (!Files.isDirectory(store)) {
            throw new BadInputException("--store: there is no vault in " + store);
        }
        return FileVault.open(store);
    }

    /** @throws BadInputException naming the form that is wanted */
    static ReleaseId id(String release) throws BadInputException {
        try {
            return ReleaseId.parse(release);
        } catch (InvalidNameException e) {
            throw new BadInputException("--release: " + e.getMessage(), e);
        }
    }

    /** @throws BadInputException listing the releases that there are */
    static Manifest find(Vault vault, ReleaseId id) throws IOException, BadInputException {
        Manifest manifest = vault.manifest(id).orElse(null);
        if (manifest == null) {
            String known =
                    vault.releases().stream().limit(20).map(ReleaseId::toString).collect(Collectors.joining(", "));
            throw new BadInputException("there is no release " + id + " in the vault; "
                    + (known.isEmpty() ? "it is empty" : "known: " + known));
        }
        return manifest;
    }
}
