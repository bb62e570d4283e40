package io.jenkins.plugins.rollback.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Compared with trying every way in which people can sit down. */
class SeatsProperties {

    @Property(tries = 500)
    void asFewStayFreeAsCan(
            @ForAll @Size(max = 3) List<@IntRange(max = 2) Integer> wanted,
            @ForAll @Size(max = 5) List<@Size(max = 3) Set<@IntRange(max = 3) Integer>> voters) {
        int[] free = Seats.free(wanted, voters);
        int places = wanted.stream().mapToInt(Integer::intValue).sum();

        assertThat(free).hasSize(wanted.size());
        assertThat(IntStream.range(0, free.length))
                .allMatch(group -> free[group] >= 0 && free[group] <= wanted.get(group));
        assertThat(places - IntStream.of(free).sum())
                .isEqualTo(most(wanted.stream().mapToInt(i -> i).toArray(), voters, 0));
    }

    /** How many of the voters from {@code next} on can sit down at the most. */
    private static int most(int[] places, List<Set<Integer>> voters, int next) {
        if (next == voters.size()) {
            return 0;
        }
        int best = most(places, voters, next + 1); // this one stays standing
        for (int group : voters.get(next)) {
            if (group < places.length && places[group] > 0) {
                places[group]--;
                best = Math.max(best, 1 + most(places, voters, next + 1));
                places[group]++;
            }
        }
        return best;
    }
}
