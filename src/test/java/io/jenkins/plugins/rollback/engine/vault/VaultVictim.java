package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A process that retains release after release until it is killed, and says which were acknowledged; in between it may
 * collect those of an odd seed.
 */
public final class VaultVictim {

    private VaultVictim() {}

    /** Arguments: the vault, a folder of its own, the first seed, how many (0: without end), and perhaps "gc". */
    public static void main(String[] args) throws Exception {
        FileVault vault = FileVault.open(Path.of(args[0]));
        long seed = Long.parseLong(args[2]);
        long count = Long.parseLong(args[3]);
        for (long i = 0; count == 0 || i < count; i++, seed++) {
            Path ws = Path.of(args[1]).resolve("ws-" + seed);
            VaultFolders.fill(Files.createDirectories(ws), seed);
            Files.write(ws.resolve("target/lib.jar"), Jars.of((int) (seed % 100), 20)); // shares pieces with others
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
            if (args.length > 4) {
                collect(Path.of(args[0]));
            }
        }
    }

    private static void collect(Path dir) throws IOException {
        Clock inTwoDays = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        FileVault vault = FileVault.open(dir, inTwoDays);
        Set<ReleaseId> even = new HashSet<>();
        for (ReleaseId id : vault.releases()) {
            if (isKept(id)) {
                even.add(id);
            }
        }
        vault.gc(even, false);
    }

    /** Whether a clean-up by the victim keeps a release. */
    static boolean isKept(ReleaseId id) {
        return Long.parseLong(id.version().substring(1)) % 2 == 0;
    }
}
