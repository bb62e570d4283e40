package io.jenkins.plugins.rollback.engine.plan;

import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.YamlTree;
import io.jenkins.plugins.rollback.engine.model.YamlValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a services file and finds every problem in it at once, each with line and column. */
final class ServicesParser {

    static final List<String> KEYS = List.of(
            "tier",
            "owners",
            "recoveryTimeObjective",
            "rollbackTime",
            "schema",
            "deployed",
            "lastGood",
            "calls",
            "consumesFrom",
            "sharesSchemaWith",
            "worksWith");

    private static final Map<String, DependencyKind> DEPENDENCIES = Map.of(
            "calls", DependencyKind.CALLS,
            "consumesFrom", DependencyKind.CONSUMES,
            "sharesSchemaWith", DependencyKind.SHARES_SCHEMA);

    /** 10,000 services with ten dependencies each are 3 MB. */
    private static final int CHARACTERS = 20_000_000;

    private static final int TIER = 3;

    private final String text;
    private final String fileName;
    private final YamlTree tree = new YamlTree(CHARACTERS);
    private final YamlValues values = new YamlValues(tree);
    private Map<String, Node> bodies = new LinkedHashMap<>();
    private final Set<Dependency> dependencies = new LinkedHashSet<>();

    ServicesParser(String text, String fileName) {
        this.text = text;
        this.fileName = fileName;
    }

    ServiceGraph parse() throws ServicesException {
        List<Service> services = new ArrayList<>();
        Node root = tree.read(text);
        if (root != null) {
            Node body = tree.mapping(root, "the file", List.of("services")).get("services");
            if (body != null) {
                bodies = tree.entries(body, "services");
                bodies.forEach((name, node) -> services.add(service(name, node)));
                if (bodies.isEmpty() && tree.problems().isEmpty()) {
                    tree.problem(body, "services is empty");
                }
            } else if (tree.problems().isEmpty()) {
                tree.problem(root, "the key 'services' is missing");
            }
        }
        if (!tree.problems().isEmpty()) {
            throw new ServicesException(fileName, tree.problems());
        }
        return new ServiceGraph(services, List.copyOf(dependencies));
    }

    private Service service(String name, Node node) {
        name(node, "service", name);
        // "checkout: {}" says all there is to say about a service that nobody depends on
        Map<String, Node> keys = tree.mapping(node, "service '" + YamlTree.shorten(name) + "'", KEYS);
        DEPENDENCIES.keySet().stream().sorted().forEach(key -> dependencies(name, key, keys.get(key)));
        Duration second = Duration.ofSeconds(1);
        String schema = values.word(keys.get("schema"), "schema", null, List.of("reversible", "irreversible"));
        return new Service(
                name,
                (int) values.number(keys.get("tier"), "tier", TIER, 1, 5, true),
                owners(keys.get("owners")),
                values.duration(keys.get("recoveryTimeObjective"), "recoveryTimeObjective", null, second),
                values.duration(keys.get("rollbackTime"), "rollbackTime", null, second),
                schema == null ? null : Service.Schema.valueOf(schema.toUpperCase(Locale.ROOT)),
                version(keys.get("deployed"), "deployed"),
                version(keys.get("lastGood"), "lastGood"),
                worksWith(keys.get("worksWith")));
    }

    private String name(Node node, String field, String value) {
        try {
            return Names.require(field, value);
        } catch (InvalidNameException e) {
            tree.problem(node, e.getMessage());
            return null;
        }
    }

    private String version(Node node, String key) {
        String version = node == null ? null : tree.text(node, key);
        return version == null ? null : name(node, key, version);
    }

    private List<String> owners(Node node) {
        List<String> owners = new ArrayList<>();
        for (Node one : list(node)) {
            String owner = tree.text(one, "owners");
            if (owner != null) {
                owners.add(owner);
            }
        }
        return owners;
    }

    /** A list, or a single value in place of it. */
    private static List<Node> list(Node node) {
        return node == null ? List.of() : node instanceof SequenceNode many ? many.getValue() : List.of(node);
    }

    private void dependencies(String consumer, String key, Node node) {
        for (Node one : list(node)) {
            String provider = other(one, key);
            if (consumer.equals(provider)) {
                tree.problem(one, key + ": '" + provider + "' is the service itself");
            } else if (provider != null) {
                DependencyKind kind = DEPENDENCIES.get(key);
                // sharing is mutual, and both may say it: one direction stands for it
                boolean turned = kind == DependencyKind.SHARES_SCHEMA && consumer.compareTo(provider) > 0;
                dependencies.add(
                        turned ? new Dependency(provider, consumer, kind) : new Dependency(consumer, provider, kind));
            }
        }
    }

    private String other(Node node, String key) {
        String other = tree.text(node, key);
        if (other != null && !bodies.containsKey(other)) {
            tree.problem(node, key + ": there is no service '" + YamlTree.shorten(other) + "'");
            return null;
        }
        return other;
    }

    /** {@code worksWith: {payments: {">=2.4": ">=5", "<2.4": ">=4 <6"}}}, or one range for every version of its own. */
    private List<WorksWith> worksWith(Node node) {
        List<WorksWith> promises = new ArrayList<>();
        if (node == null) {
            return promises;
        }
        tree.entries(node, "worksWith").forEach((other, ranges) -> {
            if (!bodies.containsKey(other)) {
                tree.problem(ranges, "worksWith: there is no service '" + YamlTree.shorten(other) + "'");
            } else if (ranges instanceof MappingNode) {
                tree.entries(ranges, "worksWith of '" + other + "'")
                        .forEach((own, with) -> promise(promises, ranges, own, other, with));
            } else {
                promise(promises, ranges, "*", other, ranges);
            }
        });
        return promises;
    }

    private void promise(List<WorksWith> promises, Node place, String own, String other, Node with) {
        VersionRange left = range(place, own);
        String text = tree.text(with, "worksWith of '" + other + "'");
        VersionRange right = text == null ? null : range(with, text);
        if (left != null && right != null) {
            promises.add(new WorksWith(left, other, right));
        }
    }

    private VersionRange range(Node place, String text) {
        try {
            return VersionRange.parse(text);
        } catch (IllegalArgumentException e) {
            tree.problem(place, "worksWith: " + e.getMessage());
            return null;
        }
    }
}
