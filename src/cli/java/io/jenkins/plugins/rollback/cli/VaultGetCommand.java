package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.ReleaseRestorer;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback vault get}: restores a release. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Restores a release into a folder that appears whole or not at all, every byte verified.")
final class VaultGetCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StoreOption store;

    @Option(names = "--release", required = true, paramLabel = "SERVICE/VERSION", description = "Its name.")
    private String release;

    @Option(names = "--into", required = true, paramLabel = "DIR", description = "A folder that does not exist yet.")
    private Path into;

    @Mixin
    private JsonOption json;

    VaultGetCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ReleaseId id = StoreOption.id(release);
        Vault vault = store.open();
        Manifest manifest = StoreOption.find(vault, id);
        long begin = System.nanoTime();
        ReleaseRestorer.restore(manifest, vault::open, into);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (json.wanted()) {
            console.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("release", id.toString())
                    .put("files", manifest.files().size())
                    .put("bytes", manifest.bytes())
                    .put("into", into.toString())
                    .put("seconds", seconds));
        } else {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s: %d files, %d bytes restored into %s, %.2f s%n",
                            id,
                            manifest.files().size(),
                            manifest.bytes(),
                            into,
                            seconds);
        }
        return 0;
    }
}
