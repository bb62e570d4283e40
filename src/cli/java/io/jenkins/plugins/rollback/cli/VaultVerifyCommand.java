package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rollback vault verify}: reads everything again. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Reads every content again and says what is not what was retained. Exit status 1 when something is.")
final class VaultVerifyCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private StoreOption store;

    @Mixin
    private JsonOption json;

    VaultVerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Vault vault = store.open();
        List<String> problems = vault.verify();
        int releases = vault.releases().size();
        if (json.wanted()) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("ok", problems.isEmpty()).put("releases", releases);
            problems.forEach(result.putArray("problems")::add);
            console.print(result);
        } else {
            problems.forEach(console.out()::println);
            console.out().println(problems.isEmpty() ? "OK, " + releases + " releases" : problems.size() + " problems");
        }
        return problems.isEmpty() ? 0 : Failures.FAILED;
    }
}
