package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.gate.convert.Conversion;
import io.jenkins.plugins.rollback.engine.gate.convert.ConversionException;
import io.jenkins.plugins.rollback.engine.gate.convert.Converted;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback judge import}: makes an analysis file of another tool's. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Converts a canary configuration of Kayenta, an AnalysisTemplate of Argo Rollouts or a Canary of Flagger into an"
                    + " analysis file.",
            "The file is printed on standard output; what could not be carried over on standard error."
        })
final class JudgeImportCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "JSON of Kayenta, or YAML of Argo Rollouts or Flagger.")
    private Path file;

    @Option(
            names = "--source",
            paramLabel = "ID",
            defaultValue = "prom",
            description = "Id of the metric server to ask (default: ${DEFAULT-VALUE}).")
    private String source;

    @Mixin
    private JsonOption json;

    JudgeImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Converted converted = converted();
        if (json.wanted()) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("format", converted.format()).put("analysis", converted.yaml());
            ArrayNode lost = result.putArray("lost");
            converted
                    .lost()
                    .forEach(one -> lost.addObject().put("path", one.path()).put("why", one.why()));
            console.print(result);
        } else {
            console.out().print(converted.yaml());
            console.out().flush();
            converted.lost().forEach(one -> console.err().println(one.path() + ": " + one.why()));
        }
        return 0;
    }

    private Converted converted() throws BadInputException, IOException {
        try {
            return Conversion.of(Files.readString(file), source);
        } catch (ConversionException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new BadInputException(file + " is no text in UTF-8", e);
        }
    }
}
