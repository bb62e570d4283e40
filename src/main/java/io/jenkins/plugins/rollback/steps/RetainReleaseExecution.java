package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.actions.ReleaseRetainedAction;
import io.jenkins.plugins.rollback.config.Access;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.catalog.DroppedRelease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.ReleaseExistsException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Retains a release: files are hashed on the agent, what is missing is sent, the vault makes the release visible, and
 * the entry in the ledger makes it count. Interrupted anywhere it leaves a release that nobody knows, and done again it
 * ends the same.
 */
final class RetainReleaseExecution extends RepeatableExecution<Void> {

    private static final long serialVersionUID = 1L;

    /** What version control systems call a revision; goes into the ledger, so it is no place for free text. */
    private static final Pattern COMMIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/@:-]{0,127}");

    private final RetainReleaseStep step;

    RetainReleaseExecution(StepContext context, RetainReleaseStep step) {
        super(context);
        this.step = step;
    }

    @Override
    protected Void run() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        TaskListener listener = getContext().get(TaskListener.class);
        Access.check(run, step.getService(), step.getEnvironment(), RollbackPermissions.EXECUTE);
        try {
            ReleaseId id = new ReleaseId(step.getService(), step.getVersion());
            String commit = commit();
            AgentFiles files = new AgentFiles(workspace());
            AgentFiles.Found found = files.scan(step.getArtifacts(), step.getSnapshot(), listener);
            Manifest manifest = new Manifest(id, found.files(), found.snapshot());
            RollbackEngine engine = RollbackEngine.get();
            requireSame(engine, manifest);
            ContentTransfer transfer = new ContentTransfer(engine.vault(), engine.shown(), manifest, listener);
            transfer.run(files);
            engine.vault().commit(manifest);
            long stored = transfer.stored() + manifest.toBytes().length;
            Release release = record(engine, manifest, commit, stored, run);
            ReleaseRetainedAction.add(
                    run, release, step.getEnvironment(), engine.ledger().checkpoint());
            listener.getLogger()
                    .println("Retained " + id + ": " + manifest.files().size() + " files, "
                            + ProgressLog.size(manifest.bytes()) + " (" + transfer.sent() + "), ledger entry "
                            + release.entry());
            return null;
        } catch (ReleaseExistsException | InvalidNameException e) {
            throw new AbortException(e.getMessage());
        } catch (IOException e) {
            // a full disk, a file that nobody can read: the message says it all, a stack trace would hide it
            if (e instanceof AbortException) {
                throw e;
            }
            AbortException abort = new AbortException(
                    "release " + step.getService() + "/" + step.getVersion() + " was not retained: " + e.getMessage());
            abort.initCause(e);
            throw abort;
        }
    }

    private String commit() throws IOException, InterruptedException {
        if (step.getCommit() != null) {
            if (!COMMIT.matcher(step.getCommit()).matches()) {
                throw new AbortException("commit '" + step.getCommit() + "' is not a revision: expected at most 128"
                        + " letters, digits, '.', '_', '/', '@', ':' or '-'");
            }
            return step.getCommit();
        }
        EnvVars environment = getContext().get(EnvVars.class);
        for (String variable : new String[] {"GIT_COMMIT", "RELEASE_COMMIT"}) {
            String value = environment == null ? null : environment.get(variable);
            if (value != null && COMMIT.matcher(value).matches()) {
                return value;
            }
        }
        return null;
    }

    /** The ledger remembers a release also when the vault was lost or it was dropped; it does not change then either. */
    private static void requireSame(RollbackEngine engine, Manifest manifest) throws ReleaseExistsException {
        Optional<String> known = engine.catalog()
                .release(manifest.id())
                .map(Release::manifest)
                .or(() -> engine.catalog().dropped(manifest.id()).map(DroppedRelease::manifest));
        if (known.isPresent() && !known.get().equals(manifest.hash())) {
            throw new ReleaseExistsException(manifest.id(), known.get(), manifest.hash());
        }
    }

    /** Appends the entry, or finds the one that an earlier attempt or another build with the same files appended. */
    private Release record(RollbackEngine engine, Manifest manifest, String commit, long stored, Run<?, ?> run)
            throws IOException {
        Event event = Event.of(EventKind.RELEASE_RETAINED)
                .release(manifest.id())
                .environment(step.getEnvironment())
                .actor(Requesters.actor(run))
                .with("manifest", manifest.hash())
                .with("files", manifest.files().size())
                .with("bytes", manifest.bytes())
                .with("stored", stored)
                .with("commit", commit)
                .with("build", run.getExternalizableId())
                .with(
                        "snapshot",
                        manifest.snapshotEntry().map(FileEntry::sha256).orElse(null));
        try {
            engine.ledger().append(event, () -> {
                if (engine.catalog().release(manifest.id()).isPresent()) {
                    throw new ConditionFailedException("release " + manifest.id() + " is recorded already");
                }
            });
        } catch (ConditionFailedException e) {
            requireSame(engine, manifest);
        }
        return engine.catalog().release(manifest.id()).orElseThrow();
    }
}
