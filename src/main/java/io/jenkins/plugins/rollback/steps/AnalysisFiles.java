package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.AnalysisException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Reads analysis files: from the workspace where there is one, else from the Pipeline's SCM. Blocking; not for the CPS
 * thread.
 */
final class AnalysisFiles {

    private static final int MAX_BYTES = 400_000;

    private AnalysisFiles() {}

    /** @throws AbortException listing every problem of the file, also metric servers that nobody defined */
    static Analysis read(StepContext context, String path, MetricSources sources)
            throws IOException, InterruptedException {
        if (path == null) {
            throw new AbortException("the path of the analysis file is missing");
        }
        requireInside(path);
        try {
            Analysis analysis = Analysis.parse(text(context, path), path);
            List<String> problems = new ArrayList<>();
            for (String id : analysis.sources()) {
                if (sources.find(id).isEmpty()) {
                    problems.add("metric server '" + id + "' is not defined; "
                            + (sources.ids().isEmpty() ? "none is" : "known: " + String.join(", ", sources.ids()))
                            + " (Manage Jenkins » System » Release Rollback)");
                }
            }
            if (!problems.isEmpty()) {
                throw new AnalysisException(path, problems);
            }
            return analysis;
        } catch (AnalysisException e) {
            throw new AbortException("the analysis file " + path + " has "
                    + e.problems().size() + (e.problems().size() == 1 ? " problem" : " problems") + ":\n  "
                    + String.join("\n  ", e.problems()));
        }
    }

    private static void requireInside(String path) throws AbortException {
        boolean leaves = path.startsWith("/")
                || path.contains("\\")
                || path.matches("[A-Za-z]:.*")
                || List.of(path.split("/")).contains("..");
        if (leaves) {
            throw new AbortException("the analysis file '" + path.replaceAll("\\p{Cntrl}", "?")
                    + "' must be a path within the workspace");
        }
    }

    private static String text(StepContext context, String path) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        if (workspace != null) {
            FilePath file = workspace.child(path);
            if (file.exists()) {
                // a link may point anywhere on the agent
                if (!workspace.isDescendant(path)) {
                    throw new AbortException("the analysis file '" + path + "' leads out of the workspace");
                }
                try (InputStream in = file.read()) {
                    return decode(path, in);
                }
            }
        }
        return fromScm(context.get(Run.class), path, workspace != null);
    }

    private static String fromScm(Run<?, ?> run, String path, boolean hasWorkspace)
            throws IOException, InterruptedException {
        String missing = "the analysis file '" + path + "' is neither in "
                + (hasWorkspace ? "the workspace" : "a workspace (there is none here)") + " nor in the Pipeline's SCM";
        try (SCMFileSystem files = scm(run)) {
            if (files == null) {
                throw new AbortException(missing + "; this Pipeline has no SCM that can be read without a checkout");
            }
            SCMFile file = files.child(path);
            if (!file.isFile()) {
                throw new AbortException(missing);
            }
            try (InputStream in = file.content()) {
                return decode(path, in);
            }
        } catch (FileNotFoundException e) {
            throw new AbortException(missing);
        }
    }

    /** The Pipeline's own SCM: of a branch at the build's very revision, of a single job as it is configured. */
    private static SCMFileSystem scm(Run<?, ?> run) throws IOException, InterruptedException {
        Job<?, ?> job = run.getParent();
        SCMSource source = SCMSource.SourceByItem.findSource(job);
        SCMHead head = SCMHead.HeadByItem.findHead(job);
        if (source != null && head != null) {
            SCMRevision revision = SCMRevisionAction.getRevision(source, run);
            return revision == null ? null : SCMFileSystem.of(source, head, revision);
        }
        if (job instanceof WorkflowJob pipeline
                && pipeline.getDefinition() instanceof CpsScmFlowDefinition definition) {
            return SCMFileSystem.of(job, definition.getScm(), null, run);
        }
        return null;
    }

    private static String decode(String path, InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(in.readNBytes(MAX_BYTES + 1));
        if (bytes.size() > MAX_BYTES) {
            throw new AbortException("the analysis file '" + path + "' is larger than " + MAX_BYTES + " bytes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AbortException("the analysis file '" + path + "' is no text in UTF-8");
        }
    }
}
