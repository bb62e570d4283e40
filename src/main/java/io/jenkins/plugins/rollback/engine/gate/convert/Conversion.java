package io.jenkins.plugins.rollback.engine.gate.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.AnalysisException;
import io.jenkins.plugins.rollback.engine.gate.convert.Converted.Lost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Finds out whose canary analysis a text is and makes an analysis file of it. */
public final class Conversion {

    private static final int MAX_CHARACTERS = 1_000_000;
    private static final int MAX_DEPTH = 60;

    private Conversion() {}

    /**
     * Converts.
     *
     * @param text JSON of Kayenta, or YAML of Argo Rollouts or Flagger, which may have several documents
     * @param source id of the metric server that the analysis file is to name
     * @throws ConversionException when it is none of these, or no metric of it can be used
     */
    public static Converted of(String text, String source) throws ConversionException {
        List<JsonNode> documents = read(text);
        List<Lost> lost = new ArrayList<>();
        JsonNode main = null;
        String format = null;
        Map<String, Fields> templates = new LinkedHashMap<>();
        for (JsonNode document : documents) {
            String found = format(document);
            if (document.path("kind").asText().equals("MetricTemplate")) {
                templates.put(document.at("/metadata/name").asText(), new Fields(document, "", lost));
            } else if (found != null && main == null) {
                main = document;
                format = found;
            } else {
                lost.add(new Lost(
                        document.path("kind").asText("document"),
                        found == null ? "is no canary analysis" : "only the first of a file is converted"));
            }
        }
        if (main == null) {
            throw new ConversionException("it is neither a canary configuration of Kayenta, nor an AnalysisTemplate of"
                    + " Argo Rollouts, nor a Canary of Flagger");
        }
        Fields root = new Fields(main, "", lost);
        Draft draft =
                switch (format) {
                    case "Kayenta" -> new KayentaConfig(root, source).convert();
                    case "Flagger" -> new FlaggerCanary(root, templates, source).convert();
                    default -> new ArgoTemplate(root, source).convert();
                };
        return checked(format, draft, lost);
    }

    private static String format(JsonNode document) {
        String kind = document.path("kind").asText();
        if (kind.equals("AnalysisTemplate") || kind.equals("ClusterAnalysisTemplate") || kind.equals("AnalysisRun")) {
            return "Argo Rollouts";
        }
        if (kind.equals("Canary")) {
            return "Flagger";
        }
        return document.path("metrics").isArray() && document.has("classifier") ? "Kayenta" : null;
    }

    /** What cannot be parsed is never given out. */
    private static Converted checked(String format, Draft draft, List<Lost> lost) throws ConversionException {
        if (draft.metrics.isEmpty()) {
            throw new ConversionException("no metric of it can be carried over: "
                    + String.join("; ", lost.stream().map(Lost::why).toList()));
        }
        String yaml = draft.yaml();
        try {
            Analysis.parse(yaml, "the analysis file");
        } catch (AnalysisException e) {
            throw new ConversionException("what it says makes no analysis: " + e.getMessage(), e);
        }
        return new Converted(format, yaml, List.copyOf(lost));
    }

    /** YAML is read as data alone, without types and aliases; JSON is YAML. */
    private static List<JsonNode> read(String text) throws ConversionException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        List<JsonNode> documents = new ArrayList<>();
        try {
            ObjectMapper mapper = new ObjectMapper();
            for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
                if (document instanceof Map) {
                    documents.add(mapper.valueToTree(document));
                }
            }
        } catch (YAMLException | IllegalArgumentException e) {
            throw new ConversionException("it is neither JSON nor YAML: " + e.getMessage(), e);
        }
        return documents;
    }
}
