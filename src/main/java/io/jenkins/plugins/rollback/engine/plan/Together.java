package io.jenkins.plugins.rollback.engine.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which services have to go back with one: whoever does not work with what that one goes back to has to go, too, and so
 * on. A service about which nobody promises anything stays; the feasibility report says so.
 */
final class Together {

    private final ServiceGraph graph;

    Together(ServiceGraph graph) {
        this.graph = graph;
    }

    /** The service itself first, the others in the order in which they were found. */
    Map<String, Move> from(Service first, String to) {
        Map<String, Move> moves = new LinkedHashMap<>();
        Deque<Move> open = new ArrayDeque<>();
        add(moves, open, first, to == null ? first.lastGood() : to, "is to go back");
        while (!open.isEmpty()) {
            Move move = open.remove();
            for (Dependency dependency : graph.touching(move.service().name())) {
                boolean consumes = dependency.consumer().equals(move.service().name());
                Service other = graph.service(consumes ? dependency.provider() : dependency.consumer());
                if (!moves.containsKey(other.name())
                        && Contracts.between(move.service(), move.to(), other, other.deployed())
                                == Contracts.Answer.NO) {
                    String because = dependency + "; " + other.name() + " " + other.deployed() + " does not work with "
                            + move.service().name() + " " + move.to();
                    add(moves, open, other, other.lastGood(), because);
                }
            }
        }
        return moves;
    }

    private static void add(Map<String, Move> moves, Deque<Move> open, Service service, String to, String because) {
        Move move = new Move(service, service.deployed(), to, because);
        moves.put(service.name(), move);
        open.add(move);
    }
}
