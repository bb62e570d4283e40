package io.jenkins.plugins.rollback.engine.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services that need each other all around: says so with the dependency that closes the circle. */
final class Circle {

    private final ServiceGraph graph;
    private final Set<String> members;
    private final String first;

    Circle(ServiceGraph graph, List<String> members) {
        this.graph = graph;
        this.members = new HashSet<>(members);
        first = members.stream().sorted().findFirst().orElseThrow();
    }

    /** A shortest way around, from the member whose name comes first: {@code a calls b, b calls a, which closes it}. */
    String describe() {
        Map<String, Dependency> came = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(first));
        while (true) {
            String name = open.remove(); // there is a way back: they are one group
            for (Dependency dependency : graph.touching(name)) {
                boolean onward =
                        dependency.consumer().equals(name) && dependency.kind() != DependencyKind.SHARES_SCHEMA;
                if (onward && dependency.provider().equals(first)) {
                    return text(came, dependency);
                }
                if (onward && members.contains(dependency.provider()) && !came.containsKey(dependency.provider())) {
                    came.put(dependency.provider(), dependency);
                    open.add(dependency.provider());
                }
            }
        }
    }

    private String text(Map<String, Dependency> came, Dependency closing) {
        List<String> way = new ArrayList<>();
        for (String at = closing.consumer();
                !at.equals(first);
                at = came.get(at).consumer()) {
            way.add(0, came.get(at).toString());
        }
        way.add(closing + ", which closes it");
        return String.join(", ", way);
    }
}
