package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.action.Probe;
import io.jenkins.plugins.rollback.engine.drill.Splitter.Slot;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.ReleaseRestorer;
import io.jenkins.plugins.rollback.engine.vault.ReleaseScanner;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The actions of a drill's way back, against the stage's systems. */
final class WayBack {

    /** Enough for both tracks to be judged quickly while the restored release proves itself. */
    static final int PROVING_SHARE = 50;

    private final Stage stage;
    private final Vault vault;
    private final Manifest manifest;
    private final Path folder;
    private DemoInstance restored;

    /**
     * @param manifest of the release to go back to
     * @param folder where its files will lie; does not exist yet
     */
    WayBack(Stage stage, Vault vault, Manifest manifest, Path folder) {
        this.stage = stage;
        this.vault = vault;
        this.manifest = manifest;
        this.folder = folder;
    }

    List<Action> actions() {
        return List.of(isolate(), restore(), start(), revert());
    }

    private Action isolate() {
        return new Step("isolate", "take all traffic from the bad version") {
            @Override
            public Probe probe() throws IOException {
                return stage.splitter().canaryShare() == 0 ? Probe.HOLDS : Probe.DOES_NOT_HOLD;
            }

            @Override
            public void execute() throws IOException {
                stage.splitter().canaryShare(0);
            }
        };
    }

    private Action restore() {
        String what = "restore release " + manifest.id() + " from the vault ("
                + manifest.files().size() + " files, " + manifest.bytes() + " bytes, manifest "
                + manifest.hash().substring(0, 12) + ")";
        return new Step("restore", what) {
            @Override
            public Probe probe() throws IOException {
                return Files.isDirectory(folder)
                                && ReleaseScanner.scan(folder, "**").equals(manifest.files())
                        ? Probe.HOLDS
                        : Probe.DOES_NOT_HOLD;
            }

            @Override
            public void execute() throws IOException {
                ReleaseRestorer.restore(manifest, vault::open, folder);
            }
        };
    }

    private Action start() {
        return new Step("start", "start the service from the restored files, byte for byte those that were retained") {
            @Override
            public Probe probe() throws InterruptedException {
                return restored != null && restored.answers() ? Probe.HOLDS : Probe.DOES_NOT_HOLD;
            }

            @Override
            public void execute() throws IOException, InterruptedException {
                DemoInstance started = stage.start("restored-" + manifest.id().version(), folder);
                requireByteForByte(started);
                restored = started;
            }
        };
    }

    /** What the process says it runs from must be what the first build made: file by file, by hash. */
    private void requireByteForByte(DemoInstance started) throws IOException, InterruptedException {
        String expected = manifest.files().stream()
                .map(file -> file.sha256() + " " + file.path() + "\n")
                .collect(Collectors.joining());
        String found = started.identity();
        if (!found.equals(expected)) {
            throw new IOException("the restored service runs from other files than were retained: expected "
                    + expected.strip().replace('\n', ',') + ", found "
                    + found.strip().replace('\n', ','));
        }
    }

    private Action revert() {
        return new Step("revert", "give the restored release " + PROVING_SHARE + " % of the traffic") {
            @Override
            public Probe probe() throws IOException {
                return stage.at(Slot.CANARY) == restored && stage.splitter().canaryShare() == PROVING_SHARE
                        ? Probe.HOLDS
                        : Probe.DOES_NOT_HOLD;
            }

            @Override
            public void execute() throws IOException, InterruptedException {
                stage.place(Slot.CANARY, restored);
                stage.splitter().canaryShare(PROVING_SHARE);
            }
        };
    }

    /** An action whose undoing is left to the end of the drill, which ends every system. */
    private abstract static class Step implements Action {

        private final String id;
        private final String describe;

        Step(String id, String describe) {
            this.id = id;
            this.describe = describe;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String describe() {
            return describe;
        }

        @Override
        public void undo() {}
    }
}
