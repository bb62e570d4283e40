package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.AnalysisException;
import io.jenkins.plugins.rollback.engine.gate.CsvReplay;
import io.jenkins.plugins.rollback.engine.gate.GateReport;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollback judge}: replays recorded series through a gate, look by look, until a verdict. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = {
            "Replays recorded series through a gate, look by look, with the code that runs live.",
            "Exit status 0 when all pass, 1 when one fails, 3 when one is inconclusive or has no data."
        },
        subcommands = JudgeImportCommand.class)
final class JudgeCommand implements Callable<Integer> {

    private static final int INCONCLUSIVE = 3;

    private final Console console;

    @Spec
    private CommandSpec spec;

    // both are needed, but a subcommand does without them: they are checked when the command itself runs
    @Option(names = "--analysis", paramLabel = "FILE", description = "The analysis file (YAML). Required.")
    private Path analysis;

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "CSV with the header time,series,track,value; of a folder every file ending in .csv."
                    + " Required.")
    private List<Path> data;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "When the deployment was (ISO 8601 or epoch seconds); earlier samples are history.")
    private String start;

    @Mixin
    private JsonOption json;

    JudgeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        require(analysis, "--analysis=FILE");
        require(data, "--data=FILE|DIR");
        Analysis read = read(analysis);
        Instant begin = start == null ? null : time(start);
        int status = 0;
        for (Path file : files()) {
            GateStatus end = replay(read, file, begin);
            print(file, end);
            if (end.decided() == Verdict.FAIL) {
                status = Failures.FAILED;
            } else if (end.decided() != Verdict.PASS && status == 0) {
                status = INCONCLUSIVE;
            }
        }
        return status;
    }

    private void require(Object value, String option) {
        if (value == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '" + option + "'");
        }
    }

    private static Analysis read(Path file) throws BadInputException, IOException {
        try {
            return Analysis.parse(Files.readString(file), file.toString());
        } catch (AnalysisException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + " is no text in UTF-8", e);
        }
    }

    private static GateStatus replay(Analysis analysis, Path file, Instant start)
            throws BadInputException, InterruptedException {
        try {
            return CsvReplay.read(analysis, file).run(start);
        } catch (IOException e) {
            throw new BadInputException(Failures.describe(e), e);
        }
    }

    private List<Path> files() throws IOException, BadInputException {
        List<Path> files = new ArrayList<>();
        for (Path given : data) {
            if (!Files.isDirectory(given)) {
                files.add(given);
                continue;
            }
            try (Stream<Path> list = Files.list(given)) {
                List<Path> found = list.filter(
                                file -> file.getFileName().toString().endsWith(".csv"))
                        .sorted()
                        .toList();
                if (found.isEmpty()) {
                    throw new BadInputException("--data: no file ending in .csv in " + given);
                }
                files.addAll(found);
            }
        }
        return files;
    }

    private static Instant time(String text) throws BadInputException {
        try {
            if (text.matches("[0-9]+(\\.[0-9]+)?")) {
                return Instant.ofEpochMilli(Math.round(Double.parseDouble(text) * 1000));
            }
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new BadInputException(
                    "--start: '" + text + "' is no time, neither ISO 8601 (2026-11-22T08:00:00Z) nor epoch seconds", e);
        }
    }

    private void print(Path file, GateStatus status) {
        if (json.wanted()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("file", file.toString());
            line.put("verdict", status.decided().name());
            line.put("look", status.look());
            line.set("metrics", GateReport.metrics(status));
            console.print(line);
            return;
        }
        console.out().println(file + ": " + status.decided() + " at look " + status.look() + ": " + status.summary());
        for (MetricVerdict metric : status.metrics()) {
            console.out().println("  " + metric.verdict() + "  " + metric.reason());
        }
    }
}
