package io.jenkins.plugins.rollback.engine.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * What several days say of one moment, as one: the mean. For ratios the mean of events over the mean of their total, which
 * is the size of one day: three quiet days are no more evidence than one.
 */
final class EarlierDays {

    private EarlierDays() {}

    /**
     * Puts days together; those without data are left out.
     *
     * @param days value and total of each, NaN where there was none; the total of other kinds than ratios is 1
     * @param ratio whether a missing value beside a total means that there was none, once another day has some
     */
    static double[] mean(List<double[]> days, boolean ratio) {
        boolean some = days.stream().anyMatch(day -> !Double.isNaN(day[0]));
        List<double[]> used = new ArrayList<>();
        for (double[] day : days) {
            boolean none = Double.isNaN(day[0]);
            if (!Double.isNaN(day[1]) && (!none || ratio)) {
                used.add(new double[] {none && some ? 0 : day[0], day[1]});
            }
        }
        if (used.isEmpty()) {
            return new double[] {Double.NaN, ratio ? Double.NaN : 1};
        }
        double value = 0;
        double total = 0;
        for (double[] day : used) {
            value += day[0] / used.size();
            total += day[1] / used.size();
        }
        return new double[] {value, ratio ? total : 1};
    }
}
