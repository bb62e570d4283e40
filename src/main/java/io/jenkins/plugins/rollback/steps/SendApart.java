package io.jenkins.plugins.rollback.steps;

import hudson.model.TaskListener;
import hudson.remoting.Pipe;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.transfer.PartsSender;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import jenkins.MasterToSlaveFileCallable;

/** What happens on the agent when archives are taken apart; invoked on a folder for temporary files. */
final class SendApart extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    private final Pipe up;
    private final Pipe down;
    private final String root;
    private final ArrayList<FileEntry> files;
    private final TaskListener listener;

    /** @param root of the files, on the agent */
    SendApart(Pipe up, Pipe down, String root, ArrayList<FileEntry> files, TaskListener listener) {
        this.up = up;
        this.down = down;
        this.root = root;
        this.files = files;
        this.listener = listener;
    }

    @Override
    public Void invoke(File folder, VirtualChannel channel) throws IOException {
        try (OutputStream out = up.getOut();
                InputStream answers = down.getIn()) {
            Files.createDirectories(folder.toPath());
            // a folder of its own: what an agent that was killed left in another one goes with the workspace
            Path temporary = Files.createTempDirectory(folder.toPath(), "taken-apart-");
            try {
                new PartsSender(Path.of(root), temporary, new ProgressLog(listener, "Taking archives apart"))
                        .send(files, answers, out);
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
        return null;
    }
}
