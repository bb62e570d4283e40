package io.jenkins.plugins.rollback.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.HashMismatchException;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.ShownContents;
import io.jenkins.plugins.rollback.engine.vault.SnapshotFile;
import io.jenkins.plugins.rollback.engine.vault.TrustDomain;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import io.jenkins.plugins.rollback.engine.vault.transfer.PartsReceiver;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings into the vault what it lacks of a release: archives taken apart on the agent, of which only the pieces cross
 * that no release of the service has; everything else, and what did not come out right that way, whole.
 */
final class ContentTransfer {

    private final Vault vault;
    private final ShownContents shown;
    private final Manifest manifest;
    private final TaskListener listener;
    private final ProgressLog progress;
    private final String service;
    private long total;
    private long done;
    private long stored;
    private long sent;

    ContentTransfer(Vault vault, ShownContents shown, Manifest manifest, TaskListener listener) {
        this.vault = vault;
        this.shown = shown;
        this.manifest = manifest;
        this.listener = listener;
        progress = new ProgressLog(listener, "Retaining " + manifest.id());
        service = manifest.id().service();
    }

    /** Bytes added on disk. */
    long stored() {
        return stored;
    }

    /** How many bytes came from where the files are, and how many did not have to; for people. */
    String sent() {
        long saved = manifest.bytes() - sent;
        return ProgressLog.size(sent) + " sent" + (saved > 0 ? ", " + ProgressLog.size(saved) + " saved" : "");
    }

    /**
     * Sends and stores.
     *
     * @throws IOException naming the file that changed, or why it could not be stored; what came before stays, invisible
     */
    void run(AgentFiles files) throws IOException, InterruptedException {
        Set<String> known = TrustDomain.known(vault, service, shown);
        List<FileEntry> missing = missing(known);
        total = missing.stream().mapToLong(FileEntry::size).sum();
        sendWhole(files, files.isRemote() ? sendApart(files, missing, known) : missing);
        if (manifest.snapshot() != null) {
            // the agent checked it, too, but an agent's word is not enough
            try (InputStream in = vault.open(manifest.snapshot().sha256())) {
                SnapshotFile.read(manifest.snapshot().path(), in);
            }
        }
    }

    private List<FileEntry> missing(Set<String> known) throws IOException {
        Set<String> wanted = TrustDomain.toSend(vault, manifest, known);
        List<FileEntry> missing = new ArrayList<>();
        for (FileEntry file : manifest.files()) {
            if (!file.isLink() && wanted.remove(file.sha256())) {
                missing.add(file);
            }
        }
        if (manifest.snapshot() != null && wanted.remove(manifest.snapshot().sha256())) {
            missing.add(manifest.snapshot());
        }
        return missing;
    }

    /** Returns what is left to be sent whole. */
    private List<FileEntry> sendApart(AgentFiles files, List<FileEntry> missing, Set<String> known)
            throws IOException, InterruptedException {
        Optional<HeldPieces> pieces = missing.isEmpty() ? Optional.empty() : vault.pieces(known);
        if (pieces.isEmpty()) {
            return missing;
        }
        try (HeldPieces held = pieces.get()) {
            return files.sendApart(
                    missing, new PartsReceiver(vault, held, this::storedApart), n -> sent += n, listener);
        }
    }

    private void sendWhole(AgentFiles files, List<FileEntry> missing) throws IOException, InterruptedException {
        files.send(missing, this::store, n -> {
            sent += n;
            progress(n);
        });
    }

    private void progress(long more) {
        done += more;
        progress.at(done, total, done - sent);
    }

    private void store(FileEntry file, InputStream contents) throws IOException {
        try {
            stored(file, vault.put(file.sha256(), contents));
        } catch (HashMismatchException e) {
            throw new IOException("'" + file.path() + "' changed while it was read (SHA-256 " + e.expected() + ", then "
                    + e.found() + "); is something still writing it?");
        }
    }

    private void storedApart(FileEntry file, long added) {
        stored(file, added);
        progress(file.size());
    }

    private void stored(FileEntry file, long added) {
        stored += added;
        shown.add(service, file.sha256());
    }
}
