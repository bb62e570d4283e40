package io.jenkins.plugins.rollback.engine.plan;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.plan.FeasibilityItem.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works out what going back would mean, and looks at everything that could stand in the way. Touches nothing. */
public final class Assessor {

    private final ServiceGraph graph;
    private final Artifacts artifacts;
    private final List<FeasibilityItem> items = new ArrayList<>();
    private Map<String, Move> moves;

    private Assessor(ServiceGraph graph, Artifacts artifacts) {
        this.graph = graph;
        this.artifacts = artifacts;
    }

    /**
     * Assesses one service's way back.
     *
     * @param service a service of the graph
     * @param to the version to go back to; {@code null} for its last-good one
     * @param artifacts checks what would be restored; {@code null} when there is no vault to look into
     * @throws IllegalArgumentException when the graph does not know the service
     */
    public static Assessment assess(ServiceGraph graph, String service, String to, Artifacts artifacts) {
        Service first = graph.service(service);
        if (first == null) {
            throw new IllegalArgumentException("there is no service '" + service + "' in the graph");
        }
        return new Assessor(graph, artifacts).assess(first, to);
    }

    private Assessment assess(Service first, String to) {
        moves = new Together(graph).from(first, to);
        Waves order = new Waves(graph, moves);
        List<List<Move>> waves = order.inOrder();
        Map<String, Dependency> affected = Downstream.of(graph, moves.keySet());
        moves.values().forEach(this::target);
        moves.values().forEach(this::artifact);
        moves.values().forEach(this::schema);
        contracts();
        order.atOnce().forEach(this::atOnce);
        circles();
        blastRadius(affected);
        time(waves);
        return new Assessment(first.name(), waves, affected, List.copyOf(items));
    }

    private void add(String item, Level level, String evidence) {
        items.add(new FeasibilityItem(item, level, evidence));
    }

    private void target(Move move) {
        String item = "target " + move.service().name();
        if (move.to() == null) {
            add(
                    item,
                    Level.BLOCKER,
                    "nobody says what it would go back to: no version was given and no last-good is known");
        } else if (move.to().equals(move.from())) {
            add(item, Level.BLOCKER, move.to() + " is what runs now");
        } else if (move.from() == null) {
            add(item, Level.RISK, "nobody says which version runs now; it would go to " + move.to());
        } else {
            add(item, Level.OK, move + ": " + move.because());
        }
    }

    private void artifact(Move move) {
        if (move.to() == null) {
            return; // said already
        }
        ReleaseId release = new ReleaseId(move.service().name(), move.to());
        if (artifacts == null) {
            add("artifact " + release, Level.RISK, "no vault was given, so nobody looked whether it can be restored");
        } else {
            items.add(artifacts.check(release));
        }
    }

    private void schema(Move move) {
        String item = "schema " + move.service().name();
        boolean shared = graph.touching(move.service().name()).stream()
                .anyMatch(dependency -> dependency.kind() == DependencyKind.SHARES_SCHEMA);
        if (move.service().schema() == Service.Schema.IRREVERSIBLE) {
            add(item, Level.BLOCKER, "what " + move.from() + " has written cannot be read by the release before");
        } else if (move.service().schema() == Service.Schema.REVERSIBLE) {
            add(item, Level.OK, "the release before reads what is stored");
        } else if (shared) {
            add(
                    item,
                    Level.RISK,
                    "it shares a schema, and nobody says whether the release before reads what is stored");
        }
    }

    /** Every contract of those that go, as it will be afterwards. */
    private void contracts() {
        Set<Dependency> concerned = new LinkedHashSet<>();
        moves.keySet().forEach(name -> concerned.addAll(graph.touching(name)));
        for (Dependency dependency : concerned) {
            Service consumer = graph.service(dependency.consumer());
            Service provider = graph.service(dependency.provider());
            String consumerVersion = afterwards(consumer);
            String providerVersion = afterwards(provider);
            String pair = consumer.name() + " " + shown(consumerVersion) + " and " + provider.name() + " "
                    + shown(providerVersion);
            switch (Contracts.between(consumer, consumerVersion, provider, providerVersion)) {
                case YES -> add("contract " + dependency, Level.OK, pair + " work with each other");
                case NO -> add("contract " + dependency, Level.BLOCKER, pair + " do not work with each other");
                default -> add("contract " + dependency, Level.RISK, "nobody promises that " + pair + " work together");
            }
        }
    }

    private String afterwards(Service service) {
        Move move = moves.get(service.name());
        return move == null ? service.deployed() : move.to();
    }

    private static String shown(String version) {
        return version == null ? "(unknown)" : version;
    }

    private void atOnce(List<Move> group) {
        String names = String.join(
                ", ", group.stream().map(move -> move.service().name()).toList());
        add(
                "order",
                Level.RISK,
                names + " break each other whichever goes first: they go at the same moment, and calls"
                        + " between them fail meanwhile");
    }

    private void circles() {
        Set<String> reached = new LinkedHashSet<>(moves.keySet());
        List<List<String>> groups = Circles.groups(reached, this::providers);
        for (List<String> group : groups) {
            if (group.size() > 1 && group.stream().anyMatch(moves::containsKey)) {
                add("circle", Level.RISK, new Circle(graph, group).describe());
            }
        }
    }

    private List<String> providers(String name) {
        return graph.touching(name).stream()
                .filter(one -> one.consumer().equals(name) && one.kind() != DependencyKind.SHARES_SCHEMA)
                .map(Dependency::provider)
                .toList();
    }

    private void blastRadius(Map<String, Dependency> affected) {
        long vital = affected.keySet().stream()
                .filter(name -> graph.service(name).tier() == 1)
                .count();
        if (affected.isEmpty()) {
            add("blast radius", Level.OK, moves.size() + " go back; nobody else needs them");
        } else {
            add(
                    "blast radius",
                    vital > 0 ? Level.RISK : Level.OK,
                    moves.size() + " go back, " + affected.size() + " more may notice, " + vital
                            + " of them of tier 1");
        }
    }

    /** Waves go one after the other, the services of a wave side by side. */
    private void time(List<List<Move>> waves) {
        Duration objective = moves.values().stream()
                .map(move -> move.service().objective())
                .filter(one -> one != null)
                .min(Duration::compareTo)
                .orElse(null);
        if (objective == null) {
            return;
        }
        Duration expected = Duration.ZERO;
        List<String> unknown = new ArrayList<>();
        for (List<Move> wave : waves) {
            Duration longest = Duration.ZERO;
            for (Move move : wave) {
                Duration one = move.service().rollbackTime();
                if (one == null) {
                    unknown.add(move.service().name());
                } else if (one.compareTo(longest) > 0) {
                    longest = one;
                }
            }
            expected = expected.plus(longest);
        }
        if (!unknown.isEmpty()) {
            add(
                    "time",
                    Level.RISK,
                    "the objective is " + text(objective) + ", and nobody says how long it takes to take back "
                            + String.join(", ", unknown));
        } else {
            boolean fits = expected.compareTo(objective) <= 0;
            add(
                    "time",
                    fits ? Level.OK : Level.RISK,
                    "about " + text(expected) + " of an objective of " + text(objective));
        }
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
