package io.jenkins.plugins.rollback.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the graph: the order keeps every promise that it can keep, and nothing depends on the order of the file. */
class WavesProperties {

    private static ServiceGraph graph(Random random) {
        int count = 1 + random.nextInt(12);
        List<Service> services = new ArrayList<>();
        List<Dependency> dependencies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<WorksWith> promises = new ArrayList<>();
            for (int j = 0; j < count; j++) {
                if (i != j && random.nextInt(4) == 0) {
                    DependencyKind kind = DependencyKind.values()[random.nextInt(3)];
                    dependencies.add(new Dependency("s" + i, "s" + j, kind));
                    for (String own : new String[] {"1", "2"}) {
                        if (random.nextInt(3) > 0) {
                            promises.add(new WorksWith(
                                    VersionRange.parse(own),
                                    "s" + j,
                                    VersionRange.parse(List.of("*", "1", "2").get(random.nextInt(3)))));
                        }
                    }
                }
            }
            services.add(new Service(
                    "s" + i,
                    1 + random.nextInt(5),
                    List.of(),
                    null,
                    null,
                    null,
                    "2",
                    random.nextInt(9) == 0 ? null : "1",
                    promises));
        }
        return new ServiceGraph(services, dependencies);
    }

    @Property(tries = 500)
    void noWaveBreaksWhatAnotherOrderWouldNot(@ForAll long seed) {
        ServiceGraph graph = graph(new Random(seed));
        Map<String, Move> moves = new Together(graph).from(graph.service("s0"), null);
        Waves order = new Waves(graph, moves);
        Map<String, Integer> waveOf = new HashMap<>();
        List<List<Move>> waves = order.inOrder();
        for (int i = 0; i < waves.size(); i++) {
            for (Move move : waves.get(i)) {
                assertThat(waveOf.put(move.service().name(), i)).as("once").isNull();
            }
        }
        assertThat(waveOf.keySet()).isEqualTo(moves.keySet());
        Set<Set<String>> atOnce = new HashSet<>();
        order.atOnce().forEach(group -> {
            Set<String> names = new HashSet<>();
            group.forEach(move -> names.add(move.service().name()));
            atOnce.add(names);
        });
        for (Dependency dependency : graph.dependencies()) {
            Move consumer = moves.get(dependency.consumer());
            Move provider = moves.get(dependency.provider());
            if (consumer == null || provider == null) {
                continue;
            }
            int first = waveOf.get(dependency.consumer());
            int second = waveOf.get(dependency.provider());
            boolean sameMoment = atOnce.stream()
                    .anyMatch(group -> group.contains(dependency.consumer()) && group.contains(dependency.provider()));
            if (sameMoment) {
                assertThat(first).isEqualTo(second);
            } else if (no(consumer, consumer.to(), provider, provider.from())) {
                assertThat(second).as("%s: the provider first", dependency).isLessThan(first);
            } else if (no(consumer, consumer.from(), provider, provider.to())) {
                assertThat(first).as("%s: the consumer first", dependency).isLessThan(second);
            }
        }
    }

    private static boolean no(Move consumer, String one, Move provider, String other) {
        return Contracts.between(consumer.service(), one, provider.service(), other) == Contracts.Answer.NO;
    }

    @Property(tries = 500)
    void circlesAreThoseThatReachEachOther(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(9);
        Map<Integer, List<Integer>> next = new HashMap<>();
        for (int i = 0; i < count; i++) {
            next.put(i, new ArrayList<>());
            for (int j = 0; j < count; j++) {
                if (random.nextInt(5) == 0) {
                    next.get(i).add(j);
                }
            }
        }
        List<List<Integer>> groups = Circles.groups(next.keySet(), next::get);
        Map<Integer, Integer> groupOf = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            for (int node : groups.get(i)) {
                groupOf.put(node, i);
            }
        }
        for (int from = 0; from < count; from++) {
            Set<Integer> reached = reached(next, from);
            for (int to = 0; to < count; to++) {
                boolean both =
                        from == to || reached.contains(to) && reached(next, to).contains(from);
                assertThat(groupOf.get(from).equals(groupOf.get(to))).isEqualTo(both);
                if (!both && reached.contains(to)) {
                    assertThat(groupOf.get(to)).as("after what it leads to").isLessThan(groupOf.get(from));
                }
            }
        }
    }

    private static Set<Integer> reached(Map<Integer, List<Integer>> next, int from) {
        Set<Integer> reached = new HashSet<>();
        List<Integer> open = new ArrayList<>(next.get(from));
        while (!open.isEmpty()) {
            int node = open.remove(open.size() - 1);
            if (reached.add(node)) {
                open.addAll(next.get(node));
            }
        }
        return reached;
    }
}
