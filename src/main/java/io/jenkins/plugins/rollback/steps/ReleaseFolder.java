package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.Pipe;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.HashMismatchException;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.ReleaseRestorer;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The folder of a release on a node: below the temporary folder of the workspace, where a checkout does not wipe it and
 * the workspace browser does not show it.
 */
final class ReleaseFolder {

    private static final Actor WHO = Actor.system("restoreRelease");

    /** More names than this help nobody. */
    private static final int SHOWN = 20;

    private ReleaseFolder() {}

    /**
     * Restores a release and returns its folder. One that is there already is verified and kept; one in which something
     * was changed is replaced.
     *
     * @return absolute path on the node
     * @throws AbortException when the release is not known (listing those that are), or its bytes are not what was
     *     retained (recorded in the ledger)
     */
    static String restore(RollbackEngine engine, ReleaseId id, FilePath workspace, TaskListener listener)
            throws IOException, InterruptedException {
        Release release = Start.requireRelease(engine, id);
        Manifest manifest = engine.vault()
                .manifest(id)
                .orElseThrow(() -> new AbortException("release " + id + " was retained by " + release.build() + " on "
                        + release.retainedAt() + ", but the vault no longer has it"));
        try {
            if (!manifest.hash().equals(release.manifest())) {
                throw new HashMismatchException("the manifest of release " + id, release.manifest(), manifest.hash());
            }
            FilePath folder = folder(workspace, id);
            String difference = folder.act(new RestoreCalls.Compare(manifest, listener));
            if (difference == null) {
                listener.getLogger().println("Release " + id + " is already in " + folder.getRemote() + ", verified");
                return folder.getRemote();
            }
            if (!difference.isEmpty()) {
                listener.getLogger()
                        .println("What is in " + folder.getRemote() + " is no longer release " + id + " (" + difference
                                + ") and is replaced");
                folder.deleteRecursive();
            }
            copy(engine.vault(), manifest, folder, listener);
            listener.getLogger()
                    .println("Restored " + id + " into " + folder.getRemote() + ": "
                            + manifest.files().size() + " files, " + ProgressLog.size(manifest.bytes()) + ", verified");
            return folder.getRemote();
        } catch (IOException e) {
            HashMismatchException mismatch = Transfers.mismatch(e);
            if (mismatch != null) {
                throw refuse(engine, id, mismatch);
            }
            if (e instanceof AbortException) {
                throw e;
            }
            AbortException abort = new AbortException("release " + id + " could not be restored: " + e.getMessage());
            abort.initCause(e);
            throw abort;
        }
    }

    private static AbortException refuse(RollbackEngine engine, ReleaseId id, HashMismatchException mismatch)
            throws IOException {
        engine.ledger()
                .append(Event.of(EventKind.RELEASE_REFUSED)
                        .release(id)
                        .actor(WHO)
                        .with("file", mismatch.file())
                        .with("expected", mismatch.expected())
                        .with("found", mismatch.found()));
        AbortException abort = new AbortException("release " + id + " is refused: " + mismatch.getMessage());
        abort.initCause(mismatch);
        return abort;
    }

    private static FilePath folder(FilePath workspace, ReleaseId id) throws IOException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new AbortException("the workspace " + workspace.getRemote() + " has no parent folder");
        }
        // a folder for each of the two names: joined by a hyphen, a-b 1 and a b-1 would be the same
        return temporary.child("release-rollback").child(id.service()).child(id.version());
    }

    private static void copy(Vault vault, Manifest manifest, FilePath folder, TaskListener listener)
            throws IOException, InterruptedException {
        if (!folder.isRemote()) {
            ReleaseRestorer.restore(
                    manifest,
                    vault::open,
                    Path.of(folder.getRemote()),
                    new ProgressLog(listener, "Restoring " + manifest.id()));
            return;
        }
        Pipe pipe = Pipe.createLocalToRemote();
        Future<Void> restoring = folder.actAsync(new RestoreCalls.Receive(pipe, manifest, listener));
        try (OutputStream out = pipe.getOut()) {
            for (FileEntry file : manifest.files()) {
                if (!file.isLink()) {
                    send(vault, file, out);
                }
            }
        } catch (IOException e) {
            if (Transfers.succeeded(restoring)) {
                return; // another step was faster: the agent found the folder, verified it, and wanted no bytes
            }
            throw Transfers.why(restoring, e);
        } catch (RuntimeException e) {
            restoring.cancel(true);
            throw e;
        }
        try {
            restoring.get();
        } catch (ExecutionException e) {
            throw Transfers.cause(e);
        } catch (InterruptedException e) {
            restoring.cancel(true);
            throw e;
        }
    }

    private static void send(Vault vault, FileEntry file, OutputStream out) throws IOException {
        try (InputStream in = vault.open(file.sha256())) {
            in.transferTo(out);
        } catch (HashMismatchException e) {
            throw new HashMismatchException(file.path(), e.expected(), e.found());
        }
    }
}
