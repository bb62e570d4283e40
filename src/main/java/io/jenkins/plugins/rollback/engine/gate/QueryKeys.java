package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.YamlTree;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a query of a metric, {@code {source, query}}. */
final class QueryKeys {

    private final YamlTree tree;
    private final boolean twoTracks;

    /** @param twoTracks whether a query without {@link MetricQuery#TRACK} is a problem */
    QueryKeys(YamlTree tree, boolean twoTracks) {
        this.tree = tree;
        this.twoTracks = twoTracks;
    }

    /** The query, or {@code null} with a problem noted. */
    MetricQuery read(Node node, String what) {
        Map<String, Node> parts = tree.mapping(node, "'" + what + "'", List.of("source", "query"));
        String source = part(node, parts, "source", what);
        String query = part(node, parts, "query", what);
        if (twoTracks && query != null && !query.contains(MetricQuery.TRACK)) {
            tree.problem(
                    parts.get("query"),
                    what + ": the query has no " + MetricQuery.TRACK + ", so both tracks would get the same numbers");
        }
        if (source != null && !Names.isValid(source)) {
            tree.problem(
                    parts.get("source"),
                    what + ": '" + YamlTree.shorten(source) + "' is not a valid id of a metric server");
        }
        return source == null || query == null ? null : new MetricQuery(source, query);
    }

    private String part(Node node, Map<String, Node> parts, String key, String what) {
        if (parts.get(key) == null) {
            tree.problem(node, what + ": '" + key + "' is missing");
            return null;
        }
        return tree.text(parts.get(key), key);
    }
}
