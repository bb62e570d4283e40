package io.jenkins.plugins.rollback.engine.judge;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How large a standardised difference must be at each look of a gate whose number of looks is planned, so that a
 * difference that is none is taken for one at any of them with a given chance at most.
 *
 * <p>The chance is spent over the looks as {@code a t^2}, t being the fraction of the looks that are over: little at
 * first, when hardly anything can be known, most towards the end (Lan and DeMets, Biometrika 1983; the power family of
 * Kim and DeMets, Biometrika 1987). The line that spends it is found by the recursion of Armitage, McPherson and Rowe
 * (JRSS A 1969): the density of the sum of standard normal steps that has not crossed yet is carried from look to look on
 * a grid.
 *
 * <p>Evidence of a difference is 1/a, where a belongs to the line through the observed point: so it reaches 1/a at any of
 * the planned looks with a chance of at most a. Immutable; made once for each number of looks.
 */
final class PlannedBoundary {

    /** More looks than this are judged by the line for so many, at the last of those that are over by then. */
    private static final int MOST = 120;

    private static final double POWER = 2;

    /** ln of the chances whose lines are kept: from 1/2 in steps down to 1e-16. */
    private static final double STEP = 0.75;

    private static final int LEVELS = 50;

    private static final double GRID = 0.2;
    private static final int REACH = (int) (7 / GRID);

    /** The smallest difference that is ever needed for an end of an interval. */
    private static final double LEAST = 1e-9;

    private static final Map<Integer, PlannedBoundary> KNOWN = new ConcurrentHashMap<>();

    private final int looks;
    /** Standardised difference by look and level. */
    private final double[][] lines;

    private PlannedBoundary(int looks, double[][] lines) {
        this.looks = looks;
        this.lines = lines;
    }

    /** The lines for so many looks, at least 1. */
    static PlannedBoundary of(int looks) {
        PlannedBoundary table = KNOWN.computeIfAbsent(Math.min(looks, MOST), PlannedBoundary::compute);
        return looks <= MOST ? table : new PlannedBoundary(looks, table.lines);
    }

    /**
     * ln(1/a) of a standardised difference at a look, at least 0; minus infinity after the last one that was planned and,
     * where there are more looks than lines, between two lines.
     */
    double logEvidence(int look, double z) {
        int line = line(look);
        if (line < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] at = lines[line];
        if (z <= at[0]) {
            return 0;
        }
        int i = 0;
        while (i < LEVELS - 1 && at[i + 1] <= z) {
            i++;
        }
        if (i == LEVELS - 1) {
            return logLevel(i);
        }
        // a tail falls as e^(-z^2/2), so its logarithm is nearly linear in the square
        double part = (z * Math.abs(z) - at[i] * Math.abs(at[i])) / (at[i + 1] * at[i + 1] - at[i] * Math.abs(at[i]));
        return logLevel(i) + part * STEP;
    }

    /** The standardised difference that gives this much evidence: above 0, infinite where none does. */
    double needed(int look, double logEvidence) {
        int line = line(look);
        double place = (logEvidence - logLevel(0)) / STEP;
        if (line < 0 || place > LEVELS - 1) {
            return Double.POSITIVE_INFINITY;
        }
        double[] at = lines[line];
        int i = Math.max(0, Math.min(LEVELS - 2, (int) place));
        double low = at[i] * Math.abs(at[i]);
        double square = low + (Math.max(0, place) - i) * (at[i + 1] * at[i + 1] - low);
        // a level near 1/2 is reached below 0 at early looks; an interval has two sides all the same
        return Math.sqrt(Math.max(square, LEAST * LEAST));
    }

    private int line(int look) {
        if (look < 1 || look > looks) {
            return -1;
        }
        if (looks <= MOST) {
            return look - 1;
        }
        // one look for each line: the first that is not before it
        int line = (int) ((long) look * MOST / looks);
        boolean first = (long) (look - 1) * MOST / looks < line;
        return first ? line - 1 : -1;
    }

    private static double logLevel(int level) {
        return Math.log(2) + level * STEP;
    }

    private static PlannedBoundary compute(int looks) {
        double[][] lines = new double[looks][LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            double[] one = spending(looks, Math.exp(-logLevel(level)));
            for (int look = 0; look < looks; look++) {
                lines[look][level] = one[look];
            }
        }
        return new PlannedBoundary(looks, lines);
    }

    /** The line that spends this chance, by look. */
    private static double[] spending(int looks, double chance) {
        double lowest = -6.5 * Math.sqrt(looks);
        int points = (int) Math.ceil(15.5 * Math.sqrt(looks) / GRID);
        double[] step = new double[REACH + 1];
        for (int i = 0; i <= REACH; i++) {
            step[i] = Math.exp(-0.5 * i * GRID * i * GRID) / Math.sqrt(2 * Math.PI) * GRID;
        }
        double[] line = new double[looks];
        double[] density = null;
        double spent = 0;
        for (int look = 1; look <= looks; look++) {
            double until = chance * Math.pow((double) look / looks, POWER);
            double crossing = crossing(density, lowest, until - spent, Math.sqrt(look));
            spent = until;
            line[look - 1] = crossing / Math.sqrt(look);
            density = next(density, lowest, points, step, crossing);
        }
        return line;
    }

    /** The sum above which so much of the density of the next step lies. */
    private static double crossing(double[] density, double lowest, double chance, double deviation) {
        double low = -2 * deviation;
        double high = 9 * deviation;
        while (high - low > 1e-5) {
            double middle = (low + high) / 2;
            if (beyond(density, lowest, middle) > chance) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double beyond(double[] density, double lowest, double line) {
        if (density == null) {
            return Normal.tail(line);
        }
        double sum = 0;
        int from = Math.max(0, (int) ((line - 9 - lowest) / GRID));
        for (int i = from; i < density.length; i++) {
            if (density[i] > 0) {
                sum += density[i] * GRID * Normal.tail(line - lowest - i * GRID);
            }
        }
        return sum;
    }

    /** The density one step later, below the line. */
    private static double[] next(double[] density, double lowest, int points, double[] step, double line) {
        double[] next = new double[points];
        for (int j = 0; j < points; j++) {
            double s = lowest + j * GRID;
            // the part of the grid point's cell that is below the line
            double inside = Math.min(1, Math.max(0, (line - s) / GRID + 0.5));
            if (inside == 0) {
                break;
            }
            double sum = 0;
            if (density == null) {
                sum = Math.exp(-0.5 * s * s) / Math.sqrt(2 * Math.PI);
            } else {
                int last = Math.min(points - 1, j + REACH);
                for (int i = Math.max(0, j - REACH); i <= last; i++) {
                    sum += density[i] * step[Math.abs(i - j)];
                }
            }
            next[j] = sum * inside;
        }
        return next;
    }
}
