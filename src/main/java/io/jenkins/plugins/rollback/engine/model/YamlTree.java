package io.jenkins.plugins.rollback.engine.model;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * YAML read as a tree of nodes with their places, never as objects: no type is constructed, aliases (and with them
 * "billion laughs") and tags are refused, and every problem is collected instead of stopping at the first.
 */
public final class YamlTree {

    private static final int CHARACTERS = 200_000;
    private static final int MAX_DEPTH = 20;

    private final int most;
    private final List<String> problems = new ArrayList<>();

    /** For files that people write: up to 200,000 characters. */
    public YamlTree() {
        this(CHARACTERS);
    }

    /** @param most characters that a file may have */
    public YamlTree(int most) {
        this.most = most;
    }

    /** Everything that was wrong so far, in the order found. */
    public List<String> problems() {
        return problems;
    }

    /** The document's root, or {@code null} when it is empty or no YAML (then the problem is noted). */
    public Node read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(most);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowDuplicateKeys(false);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
        try {
            for (Event event : yaml.parse(new StringReader(text))) {
                if (event instanceof AliasEvent) {
                    problem(event.getStartMark(), "aliases are not allowed here; write the value out");
                }
            }
            if (!problems.isEmpty()) {
                return null;
            }
            Node root = yaml.compose(new StringReader(text));
            if (root == null) {
                problems.add("line 1, column 1: the file is empty");
            }
            return root;
        } catch (MarkedYAMLException e) {
            problem(e.getProblemMark(), "no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add("line 1, column 1: no YAML: " + e.getMessage());
        }
        return null;
    }

    public void problem(Node node, String what) {
        problem(node.getStartMark(), what);
    }

    private void problem(Mark mark, String what) {
        String place = mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
        problems.add(place + what);
    }

    /**
     * The values of a mapping by key; notes a problem for what is no mapping, for a key given twice and for a key that
     * is not among the known ones.
     */
    public Map<String, Node> mapping(Node node, String what, List<String> known) {
        if (!(node instanceof MappingNode)) {
            problem(node, what + " must be a mapping of " + String.join(", ", known));
            return new LinkedHashMap<>();
        }
        return entries(node, what, known);
    }

    /** The values of a mapping whose keys are names that somebody chose. */
    public Map<String, Node> entries(Node node, String what) {
        return entries(node, what, null);
    }

    private Map<String, Node> entries(Node node, String what, List<String> known) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, what + " must be a mapping of names");
            return values;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (known != null && !known.contains(key)) {
                problem(
                        tuple.getKeyNode(),
                        "unknown key '" + shorten(key) + "' in " + what + "; known are " + String.join(", ", known));
            } else if (values.put(key, tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "'" + key + "' is given twice in " + what);
            }
        }
        return values;
    }

    /** The text of a scalar, or {@code null} with a problem noted. */
    public String text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar)) {
            problem(node, what + " must be a single value");
            return null;
        }
        if (!node.getTag().startsWith(Tag.PREFIX) || node.getTag().equals(Tag.BINARY)) {
            problem(node, what + " has a tag; tags are not allowed here");
            return null;
        }
        String value = scalar.getValue().strip();
        if (value.isEmpty() || node.getTag().equals(Tag.NULL)) {
            problem(node, what + " is empty");
            return null;
        }
        return value;
    }

    public static String shorten(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }
}
