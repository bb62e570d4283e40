package io.jenkins.plugins.rollback.actions;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.drill.DrillReport;
import io.jenkins.plugins.rollback.engine.drill.ReportHtml;
import io.jenkins.plugins.rollback.engine.drill.ReportJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A drill on its build: how it went, and its report as a page and as JSON. */
public final class DrillAction extends RunSummary {

    private static final String FOLDER = "release-rollback-drills";

    private final int number;
    private final String scenario;
    private final long seed;
    private final double seconds;
    private final String verdict;
    private final String rollback;
    private final String verification;
    private final boolean expected;

    private DrillAction(int number, DrillReport report) {
        this.number = number;
        scenario = report.options().scenario().id();
        seed = report.options().seed();
        seconds = report.seconds();
        verdict = report.gate().verdict().name();
        rollback = report.rollback().name();
        verification =
                report.verification() == null ? null : report.verification().name();
        expected = report.asExpected();
    }

    /** Writes {@code report.html} and {@code report.json} beside the build and hangs the drill on it. */
    public static void add(Run<?, ?> run, DrillReport report) throws IOException {
        synchronized (run) {
            int number = run.getActions(DrillAction.class).size() + 1;
            Path folder = folder(run, number);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("report.html"), ReportHtml.of(report));
            Files.writeString(
                    folder.resolve("report.json"), ReportJson.of(report).toPrettyString());
            run.addAction(new DrillAction(number, report));
        }
        run.save();
    }

    private static Path folder(Run<?, ?> run, int number) {
        return run.getRootDir().toPath().resolve(FOLDER).resolve(String.valueOf(number));
    }

    /** The report as a page. It has no script, and the header keeps it that way. */
    public HttpResponse doReport() throws IOException {
        return serve("report.html", "text/html;charset=UTF-8");
    }

    /** The report as JSON. */
    public HttpResponse doJson() throws IOException {
        return serve("report.json", "application/json;charset=UTF-8");
    }

    private HttpResponse serve(String name, String type) throws IOException {
        run().checkPermission(RollbackPermissions.VIEW);
        String text;
        try {
            text = Files.readString(folder(run(), number).resolve(name));
        } catch (NoSuchFileException e) {
            return HttpResponses.notFound();
        }
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                response.setContentType(type);
                response.setHeader(
                        "Content-Security-Policy",
                        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.getWriter().write(text);
            }
        };
    }

    public String getScenario() {
        return scenario;
    }

    public long getSeed() {
        return seed;
    }

    /** For example {@code 31 sec}. */
    public String getDuration() {
        return Util.getTimeSpanString((long) (seconds * 1000));
    }

    public String getVerdict() {
        return verdict;
    }

    public String getRollback() {
        return rollback;
    }

    /** Or {@code null} when nothing went back. */
    public String getVerification() {
        return verification;
    }

    /** Whether everything came out as the scenario demands. */
    public boolean isExpected() {
        return expected;
    }

    @Override
    public String getUrlName() {
        return "rollback-drill-" + number;
    }
}
