package io.jenkins.plugins.rollback.steps;

import hudson.model.TaskListener;
import hudson.remoting.Pipe;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.ReleaseRestorer;
import io.jenkins.plugins.rollback.engine.vault.RestoredFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import jenkins.MasterToSlaveFileCallable;

/** What happens on the agent when a release is restored there. */
final class RestoreCalls {

    private RestoreCalls() {}

    /** A call about a manifest, which travels as its parts. */
    private abstract static class OfManifest<T> extends MasterToSlaveFileCallable<T> {

        private static final long serialVersionUID = 1L;

        private final String service;
        private final String version;
        private final ArrayList<FileEntry> files;
        final TaskListener listener;

        OfManifest(Manifest manifest, TaskListener listener) {
            service = manifest.id().service();
            version = manifest.id().version();
            files = new ArrayList<>(manifest.files());
            this.listener = listener;
        }

        final Manifest manifest() {
            return new Manifest(new ReleaseId(service, version), files);
        }
    }

    /** Says how a folder differs from a release: {@code null} not at all, empty when nothing is there. */
    static final class Compare extends OfManifest<String> {

        private static final long serialVersionUID = 1L;

        Compare(Manifest manifest, TaskListener listener) {
            super(manifest, listener);
        }

        @Override
        public String invoke(File folder, VirtualChannel channel) throws IOException {
            Path path = folder.toPath();
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return "";
            }
            Manifest manifest = manifest();
            return RestoredFolder.difference(
                            manifest, path, new ProgressLog(listener, "Verifying what is there of " + manifest.id()))
                    .orElse(null);
        }
    }

    /** Writes the contents that arrive, one after the other in the order of the files. */
    static final class Receive extends OfManifest<Void> {

        private static final long serialVersionUID = 1L;

        private final Pipe pipe;

        Receive(Pipe pipe, Manifest manifest, TaskListener listener) {
            super(manifest, listener);
            this.pipe = pipe;
        }

        @Override
        public Void invoke(File folder, VirtualChannel channel) throws IOException {
            Manifest manifest = manifest();
            Iterator<FileEntry> next =
                    manifest.files().stream().filter(file -> !file.isLink()).iterator();
            try (InputStream in = pipe.getIn()) {
                ReleaseRestorer.restore(
                        manifest,
                        sha256 -> new ExactInputStream(in, next.next().size(), n -> {}),
                        folder.toPath(),
                        new ProgressLog(listener, "Restoring " + manifest.id()));
            }
            return null;
        }
    }
}
