package io.jenkins.plugins.rollback.engine.approval;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The places that a policy keeps for groups, and who takes them. A voter who is in several groups takes one place, so
 * filling the places is a matching of voters and places; it is found by augmenting paths (Kuhn, "The Hungarian method
 * for the assignment problem", 1955). Whoever voted first does not block a place that only a later voter can take: the
 * earlier one moves over.
 */
final class Seats {

    private static final int FREE = -1;

    /** The group of each place. */
    private final int[] groups;

    /** The groups in which each voter is, as positions in the policy. */
    private final List<? extends Collection<Integer>> voters;

    /** Who sits on each place. */
    private final int[] taken;

    private Seats(List<Integer> wanted, List<? extends Collection<Integer>> voters) {
        this.groups = IntStream.range(0, wanted.size())
                .flatMap(group -> IntStream.generate(() -> group).limit(wanted.get(group)))
                .toArray();
        this.voters = voters;
        this.taken = new int[groups.length];
        Arrays.fill(taken, FREE);
    }

    /**
     * How many places of each group stay free, at the least in sum.
     *
     * @param wanted how many places each group has
     * @param voters for each voter the positions of their groups in {@code wanted}
     */
    static int[] free(List<Integer> wanted, List<? extends Collection<Integer>> voters) {
        Seats seats = new Seats(wanted, voters);
        for (int voter = 0; voter < voters.size(); voter++) {
            seats.seat(voter, new boolean[seats.groups.length]);
        }
        int[] free = new int[wanted.size()];
        for (int seat = 0; seat < seats.groups.length; seat++) {
            if (seats.taken[seat] == FREE) {
                free[seats.groups[seat]]++;
            }
        }
        return free;
    }

    private boolean seat(int voter, boolean[] tried) {
        for (int seat = 0; seat < groups.length; seat++) {
            if (!tried[seat] && voters.get(voter).contains(groups[seat])) {
                tried[seat] = true;
                if (taken[seat] == FREE || seat(taken[seat], tried)) {
                    taken[seat] = voter;
                    return true;
                }
            }
        }
        return false;
    }
}
