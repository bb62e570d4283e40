package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.rollback.engine.drill.Drill;
import io.jenkins.plugins.rollback.engine.drill.DrillOptions;
import io.jenkins.plugins.rollback.engine.drill.DrillReport;
import io.jenkins.plugins.rollback.engine.drill.Programs;
import io.jenkins.plugins.rollback.engine.drill.ReportHtml;
import io.jenkins.plugins.rollback.engine.drill.ReportJson;
import io.jenkins.plugins.rollback.engine.drill.Scenario;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback drill}: rehearses the main job. */
@Command(
        name = "drill",
        mixinStandardHelpOptions = true,
        description = {
            "Rehearses the main job against systems that it starts itself on this machine: two versions are retained",
            "and deployed, the second one's gate decides, and if it fails the first comes back from the vault.",
            "Exit status 0 when it came out as the scenario demands, 1 when not, 3 when the gate could not decide."
        })
final class DrillCommand implements Callable<Integer> {

    private static final int INCONCLUSIVE = 3;

    private final Console console;

    @Option(names = "--scenario", defaultValue = "bad-canary", description = "bad-canary (default) or healthy-canary.")
    private String scenario;

    @Option(names = "--seed", description = "Decides all that is random; without it a new one is taken and shown.")
    private Long seed;

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.html and report.json into this folder.")
    private Path report;

    @Option(
            names = "--with",
            split = ",",
            paramLabel = "SYSTEM",
            description = "Go through real systems: prometheus, haproxy, or both separated by a comma.")
    private List<String> with = List.of();

    @Mixin
    private JsonOption json;

    DrillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        DrillOptions options = options();
        prepareReport();
        DrillReport result;
        try (DrillScreen screen = DrillScreen.of(console, json.wanted())) {
            result = Drill.run(options, screen);
        }
        writeReport(result);
        if (json.wanted()) {
            console.print(ReportJson.of(result));
        } else {
            new DrillSummary(result, report).print(console.out());
        }
        if (result.asExpected()) {
            return 0;
        }
        Verdict verdict = result.gate().verdict();
        return verdict == Verdict.PASS || verdict == Verdict.FAIL ? Failures.FAILED : INCONCLUSIVE;
    }

    private DrillOptions options() throws BadInputException {
        Scenario chosen = Scenario.of(scenario)
                .orElseThrow(() ->
                        new BadInputException("no scenario '" + scenario + "'; known scenarios: " + Scenario.known()));
        // six digits can be remembered and typed
        long number = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
        DrillOptions options;
        try {
            options = new DrillOptions(chosen, number, new TreeSet<>(with));
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--with: " + e.getMessage(), e);
        }
        requireInstalled(options.with());
        return options;
    }

    /** Says it before half a drill has passed. */
    private static void requireInstalled(Set<String> programs) throws BadInputException {
        for (String program : programs) {
            if (Programs.find(program).isEmpty()) {
                throw new BadInputException("--with " + program + ": there is no program '" + program
                        + "' on this machine (on Debian: apt-get install " + program + ")");
            }
        }
    }

    private void prepareReport() throws BadInputException {
        if (report == null) {
            return;
        }
        try {
            Files.createDirectories(report);
        } catch (IOException e) {
            throw new BadInputException("--report: cannot make the folder " + report + ": " + Failures.describe(e), e);
        }
        if (!Files.isWritable(report)) {
            throw new BadInputException("--report: cannot write into " + report);
        }
    }

    private void writeReport(DrillReport result) throws IOException {
        if (report == null) {
            return;
        }
        ObjectMapper pretty = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.writeString(report.resolve("report.json"), pretty.writeValueAsString(ReportJson.of(result)) + "\n");
        Files.writeString(report.resolve("report.html"), ReportHtml.of(result));
    }
}
