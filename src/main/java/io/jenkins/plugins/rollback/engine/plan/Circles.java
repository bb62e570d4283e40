package io.jenkins.plugins.rollback.engine.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Groups of nodes that can all be reached from each other (Tarjan, SIAM Journal on Computing 1(2), 1972), without
 * recursion: a chain of 10,000 services would not fit on the stack.
 */
final class Circles<T> {

    private final Function<T, ? extends Collection<T>> next;
    private final Map<T, Integer> order = new HashMap<>();
    private final Map<T, Integer> lowest = new HashMap<>();
    private final Map<T, Integer> group = new HashMap<>();
    private final Deque<T> path = new ArrayDeque<>();
    private final List<List<T>> groups = new ArrayList<>();

    private record Step<T>(T node, java.util.Iterator<T> left) {}

    private Circles(Function<T, ? extends Collection<T>> next) {
        this.next = next;
    }

    /** All groups, each after those that it leads to; a node in no circle is a group of its own. */
    static <T> List<List<T>> groups(Collection<T> nodes, Function<T, ? extends Collection<T>> next) {
        Circles<T> circles = new Circles<>(next);
        for (T node : nodes) {
            if (!circles.order.containsKey(node)) {
                circles.visit(node);
            }
        }
        return circles.groups;
    }

    private void visit(T root) {
        Deque<Step<T>> steps = new ArrayDeque<>();
        steps.push(enter(root));
        while (!steps.isEmpty()) {
            Step<T> step = steps.peek();
            if (step.left().hasNext()) {
                T to = step.left().next();
                if (!order.containsKey(to)) {
                    steps.push(enter(to));
                } else if (!group.containsKey(to)) {
                    lowest.merge(step.node(), order.get(to), Math::min);
                }
            } else {
                steps.pop();
                leave(step.node());
                if (!steps.isEmpty()) {
                    lowest.merge(steps.peek().node(), lowest.get(step.node()), Math::min);
                }
            }
        }
    }

    private Step<T> enter(T node) {
        order.put(node, order.size());
        lowest.put(node, order.get(node));
        path.push(node);
        return new Step<>(node, new ArrayList<T>(next.apply(node)).iterator());
    }

    private void leave(T node) {
        if (!lowest.get(node).equals(order.get(node))) {
            return;
        }
        List<T> members = new ArrayList<>();
        T member;
        do {
            member = path.pop();
            group.put(member, groups.size());
            members.add(member);
        } while (!member.equals(node));
        groups.add(members);
    }
}
