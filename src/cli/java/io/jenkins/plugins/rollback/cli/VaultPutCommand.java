package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.LocalRetainer;
import io.jenkins.plugins.rollback.engine.vault.ReleaseExistsException;
import io.jenkins.plugins.rollback.engine.vault.Retained;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback vault put}: retains a release. */
@Command(name = "put", mixinStandardHelpOptions = true, description = "Retains files and folders as a release.")
final class VaultPutCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StoreOption store;

    @Option(names = "--release", required = true, paramLabel = "SERVICE/VERSION", description = "Its name.")
    private String release;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files and folders, each kept under its own name.")
    private List<Path> files;

    @Mixin
    private JsonOption json;

    VaultPutCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ReleaseId id = StoreOption.id(release);
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new BadInputException("no such file or folder: " + file);
            }
        }
        long begin = System.nanoTime();
        Retained retained;
        try {
            retained = new LocalRetainer(store.make()).retain(id, files);
        } catch (ReleaseExistsException e) {
            throw new BadInputException(e.getMessage(), e);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        int count = retained.manifest().files().size();
        if (json.wanted()) {
            console.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("release", id.toString())
                    .put("files", count)
                    .put("bytes", retained.manifest().bytes())
                    .put("storedBytes", retained.storedBytes())
                    .put("seconds", seconds)
                    .put("manifest", retained.manifest().hash()));
        } else {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s: %d files, %d bytes, %d added on disk, %.2f s%n",
                            id,
                            count,
                            retained.manifest().bytes(),
                            retained.storedBytes(),
                            seconds);
        }
        return 0;
    }
}
