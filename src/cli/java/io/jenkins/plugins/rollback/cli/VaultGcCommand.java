package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Collected;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback vault gc}: frees space. */
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Removes contents that no release has, and the releases that are named.",
            "A release is only ever removed by its name; what is younger than a day is spared."
        })
final class VaultGcCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StoreOption store;

    @Option(names = "--drop", paramLabel = "SERVICE/VERSION", description = "A release to remove; may be repeated.")
    private List<String> drop = List.of();

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Mixin
    private JsonOption json;

    VaultGcCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Vault vault = store.open();
        Set<ReleaseId> keep = new HashSet<>(vault.releases());
        for (String release : drop) {
            ReleaseId id = StoreOption.id(release);
            StoreOption.find(vault, id);
            keep.remove(id);
        }
        Collected collected = vault.gc(keep, dryRun);
        if (json.wanted()) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            collected.releases().forEach(id -> result.withArray("releases").add(id.toString()));
            result.withArray("releases");
            result.put("contents", collected.contents())
                    .put("bytes", collected.bytes())
                    .put("dryRun", collected.dryRun());
            console.print(result);
        } else {
            console.out()
                    .println((dryRun ? "would free " : "freed ") + collected.bytes() + " bytes: "
                            + collected.releases().size() + " releases, " + collected.contents() + " contents");
        }
        return 0;
    }
}
