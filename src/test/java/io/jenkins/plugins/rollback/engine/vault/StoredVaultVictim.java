package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.StoredVault.Use;
import io.jenkins.plugins.rollback.engine.vault.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A process that retains release after release into a vault with a store until it is killed, says which were
 * acknowledged, and removes those of an odd number.
 */
public final class StoredVaultVictim {

    private StoredVaultVictim() {}

    /** Arguments: the vault, the store, what it is for, a folder of its own, the first number. */
    public static void main(String[] args) throws Exception {
        Use use = Use.valueOf(args[2]);
        for (long seed = Long.parseLong(args[4]); ; seed++) {
            Path ws = Path.of(args[3]).resolve("ws-" + seed);
            VaultFolders.fill(Files.createDirectories(ws), seed);
            Files.write(ws.resolve("target/lib.jar"), Jars.of((int) (seed % 100), 20)); // shares pieces with others
            try (StoredVault vault = open(args, use, Clock.systemUTC())) {
                System.out.println("begin " + seed);
                String hash = new LocalRetainer(vault)
                        .retain(new ReleaseId("victim", "v" + seed), ws, "**", null)
                        .manifest()
                        .hash();
                System.out.println("ack " + seed + " " + hash);
                vault.synchronize();
            }
            FileTree.delete(ws);
            if (seed % 3 == 2) {
                collect(args, use);
            }
        }
    }

    private static StoredVault open(String[] args, Use use, Clock clock) throws IOException {
        return StoredVault.open(
                Path.of(args[0]), new FolderStore(Path.of(args[1])), use, 3_000_000, Runnable::run, clock);
    }

    private static void collect(String[] args, Use use) throws IOException {
        try (StoredVault vault = open(args, use, Clock.offset(Clock.systemUTC(), Duration.ofDays(2)))) {
            Set<ReleaseId> even = new HashSet<>(vault.releases());
            even.removeIf(id -> !VaultVictim.isKept(id));
            vault.gc(even, false);
            vault.synchronize();
        }
    }
}
