package io.jenkins.plugins.rollback.steps;

import hudson.FilePath;
import hudson.model.TaskListener;
import hudson.remoting.Pipe;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.ReleaseScanner;
import io.jenkins.plugins.rollback.engine.vault.transfer.PartsReceiver;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import jenkins.MasterToSlaveFileCallable;

/**
 * The files of a workspace as a release needs them: listed and hashed where they are, then those that the vault lacks
 * sent in one stream, whatever their size and number.
 */
final class AgentFiles {

    /** What an agent found; nothing of it is believed until the manifest and the vault have checked it. */
    static final class Found implements Serializable {

        private static final long serialVersionUID = 1L;

        private final ArrayList<FileEntry> files;
        private final FileEntry snapshot;

        Found(List<FileEntry> files, FileEntry snapshot) {
            this.files = new ArrayList<>(files);
            this.snapshot = snapshot;
        }

        List<FileEntry> files() {
            return files;
        }

        /** Or {@code null}. */
        FileEntry snapshot() {
            return snapshot;
        }
    }

    /** Takes one content after the other. */
    @FunctionalInterface
    interface Sink {
        void take(FileEntry file, InputStream contents) throws IOException;
    }

    private final FilePath workspace;

    AgentFiles(FilePath workspace) {
        this.workspace = workspace;
    }

    /** Lists and hashes. */
    Found scan(String patterns, String snapshot, TaskListener listener) throws IOException, InterruptedException {
        return workspace.act(new Scan(patterns, snapshot, listener));
    }

    /**
     * Reads files to the end, in the order given.
     *
     * @param read hears how many bytes arrived, piece by piece
     */
    void send(List<FileEntry> files, Sink sink, LongConsumer read) throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return;
        }
        if (!workspace.isRemote()) {
            Path root = Path.of(workspace.getRemote());
            for (FileEntry file : files) {
                try (InputStream in = open(root, file)) {
                    sink.take(file, new ExactInputStream(in, file.size(), read));
                }
            }
            return;
        }
        Pipe pipe = Pipe.createRemoteToLocal();
        Future<Void> sending = workspace.actAsync(new Send(pipe, new ArrayList<>(files)));
        try (InputStream in = pipe.getIn()) {
            for (FileEntry file : files) {
                sink.take(file, new ExactInputStream(in, file.size(), read));
            }
        } catch (IOException e) {
            throw Transfers.why(sending, e);
        } catch (RuntimeException e) {
            sending.cancel(true);
            throw e;
        }
        awaitLastWord(sending);
    }

    /** Whether the files are on another machine, so that sending less of them is worth something. */
    boolean isRemote() {
        return workspace.isRemote();
    }

    /**
     * Takes archives apart on the agent and receives what of them is missing.
     *
     * @param read hears how many bytes arrived
     * @return the files that have to be sent whole
     */
    List<FileEntry> sendApart(List<FileEntry> files, PartsReceiver receiver, LongConsumer read, TaskListener listener)
            throws IOException, InterruptedException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null || files.isEmpty()) {
            return files;
        }
        Pipe up = Pipe.createRemoteToLocal();
        Pipe down = Pipe.createLocalToRemote();
        Future<Void> sending =
                temporary.actAsync(new SendApart(up, down, workspace.getRemote(), new ArrayList<>(files), listener));
        List<FileEntry> whole;
        try (InputStream in = new CountingInputStream(up.getIn(), read);
                OutputStream answers = down.getOut()) {
            whole = receiver.receive(files, in, answers);
        } catch (IOException e) {
            throw Transfers.why(sending, e);
        } catch (RuntimeException e) {
            sending.cancel(true);
            throw e;
        }
        awaitLastWord(sending);
        return whole;
    }

    private static void awaitLastWord(Future<Void> sending) throws IOException, InterruptedException {
        try {
            sending.get(1, TimeUnit.MINUTES); // all bytes are here
        } catch (ExecutionException e) {
            throw Transfers.cause(e);
        } catch (TimeoutException e) {
            throw new IOException("the agent does not answer", e);
        }
    }

    private static InputStream open(Path root, FileEntry file) throws IOException {
        try {
            return Files.newInputStream(root.resolve(file.path()), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new IOException("cannot read '" + file.path() + "' any more: " + e, e);
        }
    }

    private static final class Scan extends MasterToSlaveFileCallable<Found> {

        private static final long serialVersionUID = 1L;

        private final String patterns;
        private final String snapshot;
        private final TaskListener listener;

        Scan(String patterns, String snapshot, TaskListener listener) {
            this.patterns = patterns;
            this.snapshot = snapshot;
            this.listener = listener;
        }

        @Override
        public Found invoke(File folder, VirtualChannel channel) throws IOException {
            FileEntry yaml = snapshot == null ? null : ReleaseScanner.scanSnapshot(folder.toPath(), snapshot);
            return new Found(
                    ReleaseScanner.scan(folder.toPath(), patterns, new ProgressLog(listener, "Hashing artifacts")),
                    yaml);
        }
    }

    private static final class Send extends MasterToSlaveFileCallable<Void> {

        private static final long serialVersionUID = 1L;

        private final Pipe pipe;
        private final ArrayList<FileEntry> files;

        Send(Pipe pipe, ArrayList<FileEntry> files) {
            this.pipe = pipe;
            this.files = files;
        }

        @Override
        public Void invoke(File folder, VirtualChannel channel) throws IOException {
            try (OutputStream out = pipe.getOut()) {
                byte[] buffer = new byte[128 * 1024];
                for (FileEntry file : files) {
                    long left = file.size();
                    try (InputStream in = open(folder.toPath(), file)) {
                        while (left > 0) {
                            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                            if (n < 0) {
                                throw new IOException("'" + file.path() + "' changed while it was read;"
                                        + " is something still writing it?");
                            }
                            out.write(buffer, 0, n);
                            left -= n;
                        }
                    }
                }
            }
            return null;
        }
    }
}
