package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rollback vault list}: what is retained. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the releases in a vault.")
final class VaultListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption json;

    VaultListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Vault vault = store.open();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode releases = result.putArray("releases");
        for (ReleaseId id : vault.releases()) {
            Manifest manifest = StoreOption.find(vault, id);
            if (json.wanted()) {
                releases.addObject()
                        .put("release", id.toString())
                        .put("files", manifest.files().size())
                        .put("bytes", manifest.bytes())
                        .put("manifest", manifest.hash());
            } else {
                console.out()
                        .println(id + "  " + manifest.files().size() + " files  " + manifest.bytes() + " bytes  "
                                + manifest.hash());
            }
        }
        if (json.wanted()) {
            console.print(result);
        }
        return 0;
    }
}
