package io.jenkins.plugins.rollback.engine.plan;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order in which services go back. Of two that need each other that one goes first whose going breaks nothing: if a
 * consumer that went back cannot work with the provider of now, the provider goes before it; if the provider that went
 * back cannot serve the consumer of now, the consumer does. Where nothing is promised consumers go first, as they came
 * last. Those that break each other either way go at the same moment.
 */
final class Waves {

    /** By importance, then by name: so that the same input always makes the same plan. */
    private static final Comparator<Move> IMPORTANCE = comparing(
                    (Move move) -> move.service().tier())
            .thenComparing(move -> move.service().name());

    private final Map<String, Move> moves;
    private final Map<String, Set<String>> after = new HashMap<>();
    private final List<List<Move>> together = new ArrayList<>();

    /** @param moves what goes back, by the service's name */
    Waves(ServiceGraph graph, Map<String, Move> moves) {
        this.moves = moves;
        moves.keySet().forEach(name -> after.put(name, new LinkedHashSet<>()));
        for (String name : moves.keySet()) {
            for (Dependency dependency : graph.touching(name)) {
                // each edge once, from its consumer
                if (dependency.consumer().equals(name) && moves.containsKey(dependency.provider())) {
                    order(dependency);
                }
            }
        }
    }

    private void order(Dependency dependency) {
        Move consumer = moves.get(dependency.consumer());
        Move provider = moves.get(dependency.provider());
        Contracts.Answer consumerFirst =
                Contracts.between(consumer.service(), consumer.to(), provider.service(), provider.from());
        Contracts.Answer providerFirst =
                Contracts.between(consumer.service(), consumer.from(), provider.service(), provider.to());
        if (consumerFirst == Contracts.Answer.NO) {
            after.get(provider.service().name()).add(consumer.service().name());
        }
        if (providerFirst == Contracts.Answer.NO) {
            after.get(consumer.service().name()).add(provider.service().name());
        }
        boolean unknown = consumerFirst != Contracts.Answer.NO
                && providerFirst != Contracts.Answer.NO
                && (consumerFirst == Contracts.Answer.UNKNOWN || providerFirst == Contracts.Answer.UNKNOWN);
        if (unknown && dependency.kind() != DependencyKind.SHARES_SCHEMA) {
            after.get(consumer.service().name()).add(provider.service().name());
        }
    }

    /** Waves, the first one first; within a wave the most important service first. */
    List<List<Move>> inOrder() {
        together.clear();
        List<List<String>> groups = Circles.groups(moves.keySet(), after::get);
        Map<String, Integer> groupOf = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            for (String name : groups.get(i)) {
                groupOf.put(name, i);
            }
        }
        int[] level = new int[groups.size()];
        // a group stands after those that it leads to: from the last one on, whatever leads here was seen before
        for (int i = groups.size() - 1; i >= 0; i--) {
            for (String name : groups.get(i)) {
                for (String next : after.get(name)) {
                    int to = groupOf.get(next);
                    if (to != i) {
                        level[to] = Math.max(level[to], level[i] + 1);
                    }
                }
            }
            if (groups.get(i).size() > 1) {
                together.add(sorted(groups.get(i)));
            }
        }
        Map<Integer, List<String>> waves = new TreeMap<>();
        groupOf.forEach((name, group) ->
                waves.computeIfAbsent(level[group], any -> new ArrayList<>()).add(name));
        return waves.values().stream().map(this::sorted).toList();
    }

    private List<Move> sorted(Collection<String> names) {
        return names.stream().map(moves::get).sorted(IMPORTANCE).toList();
    }

    /** Those that have to go at the same moment, after {@link #inOrder()}. */
    List<List<Move>> atOnce() {
        return together;
    }
}
