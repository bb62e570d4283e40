package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that retains release after release until it is killed, and says which were acknowledged. */
public final class VaultVictim {

    private VaultVictim() {}

    /** Arguments: the vault, a folder of its own, the first seed, how many (0: without end). */
    public static void main(String[] args) throws Exception {
        FileVault vault = FileVault.open(Path.of(args[0]));
        long seed = Long.parseLong(args[2]);
        long count = Long.parseLong(args[3]);
        for (long i = 0; count == 0 || i < count; i++, seed++) {
            Path ws = Path.of(args[1]).resolve("ws-" + seed);
            VaultFolders.fill(Files.createDirectories(ws), seed);
            System.out.println("begin " + seed);
            try {
                String hash = new LocalRetainer(vault)
                        .retain(new ReleaseId("victim", "v" + (count == 0 ? seed : i)), ws, "**", null)
                        .manifest()
                        .hash();
                System.out.println("ack " + seed + " " + hash);
            } catch (ReleaseExistsException e) {
                System.out.println("refused " + seed);
            }
            FileTree.delete(ws);
        }
    }
}
