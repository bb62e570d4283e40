package io.jenkins.plugins.rollback.engine.plan;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may notice that services go back: whoever needs one of them, and whoever needs those. */
final class Downstream {

    private Downstream() {}

    /** By name, nearest first, each with the dependency by which it is affected; without those that go back. */
    static Map<String, Dependency> of(ServiceGraph graph, Collection<String> going) {
        Map<String, Dependency> affected = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(going);
        while (!open.isEmpty()) {
            String name = open.remove();
            for (Dependency dependency : graph.touching(name)) {
                String other = dependency.consumer().equals(name)
                        // a shared schema is felt on both sides
                        ? dependency.kind() == DependencyKind.SHARES_SCHEMA ? dependency.provider() : null
                        : dependency.consumer();
                if (other != null && !going.contains(other) && affected.putIfAbsent(other, dependency) == null) {
                    open.add(other);
                }
            }
        }
        return affected;
    }
}
