package io.jenkins.plugins.rollback.engine.judge;

import java.util.function.DoubleUnaryOperator;

/**
 * The end of an interval: the place nearest to the estimate at which something that grows outwards has reached a level.
 * False position in the Illinois variant (Dowell and Jarratt, BIT 11, 1971), after stepping outwards from the estimate; a
 * dozen evaluations where bisection takes forty.
 */
final class Edge {

    /** Beyond this ln ratio nothing is looked for: 40 is a factor of 10^17. */
    private static final double FARTHEST = 40;

    private static final double WIDTH = 1e-9;
    private static final int MOST_STEPS = 60;

    private Edge() {}

    /**
     * @param direction 1 upwards, -1 downwards
     * @param above how far the function is above the level at a place; below 0 at the estimate
     * @return a place where it is not below the level, no farther than 1e-9 from one where it is; infinite in the
     *     direction where there is none
     */
    static double from(double estimate, int direction, DoubleUnaryOperator above) {
        double inside = estimate;
        double fInside = above.applyAsDouble(inside);
        double step = 0.1;
        double outside = estimate + direction * step;
        double fOutside = above.applyAsDouble(outside);
        while (fOutside < 0) {
            if (step >= FARTHEST) {
                return direction * Double.POSITIVE_INFINITY;
            }
            inside = outside;
            fInside = fOutside;
            step = Math.min(FARTHEST, 3 * step);
            outside = estimate + direction * step;
            fOutside = above.applyAsDouble(outside);
        }
        double weightInside = fInside;
        double weightOutside = fOutside;
        for (int i = 0; i < MOST_STEPS && Math.abs(outside - inside) > WIDTH; i++) {
            double place = (inside * weightOutside - outside * weightInside) / (weightOutside - weightInside);
            if (!(place > Math.min(inside, outside) && place < Math.max(inside, outside)) || i % 8 == 7) {
                place = (inside + outside) / 2;
            }
            double value = above.applyAsDouble(place);
            if (value >= 0) {
                outside = place;
                weightOutside = value;
                weightInside /= 2;
            } else {
                inside = place;
                weightInside = value;
                weightOutside /= 2;
            }
        }
        return outside;
    }
}
