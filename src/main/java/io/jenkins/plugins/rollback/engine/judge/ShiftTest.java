package io.jenkins.plugins.rollback.engine.judge;

/**
 * Is a gauge's value on the canary more than {@code bound} times that on the baseline? An anytime-valid test on the
 * logarithm of the ratio, look by look, so that trends common to both tracks cancel and the scale does not matter.
 *
 * <p>Model: the log ratios are a stationary Gaussian AR(1) series with unknown mean m, standard deviation s and
 * correlation c from look to look, 0 <= c <= 0.9. For each c the series is whitened; then m and s are those of an
 * ordinary linear model y = m d + noise. The evidence against m = b integrates s out with the right-Haar prior 1/s in
 * numerator and denominator, which makes it a likelihood ratio of the maximal invariant and therefore a martingale for
 * every s (Perez-Ortiz, Lardy, de Heide, Gruenwald, "E-statistics, group invariance and anytime-valid testing", Annals
 * of Statistics 2024). The numerator averages over c and over half-normal priors on (m - b)/s; the denominator takes the
 * c that explains the data best <em>without</em> a shift (universal inference), because a shift and strong correlation
 * look alike at first.
 *
 * <p>History (the same ratio before the deployment) has a mean of its own, integrated out with a flat prior, and shares
 * s and c: it teaches the noise and is never judged.
 */
final class ShiftTest implements TwoSampleTest {

    static final double[] CORRELATIONS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

    /** Widths of the prior on the shift, in standard deviations of one look. */
    private static final double[] WIDTHS = {0.5, 1.5, 5};

    /** Squared: log ratios closer than this are the same, which also keeps constant series from dividing by zero. */
    private static final double RESOLUTION = 1e-6;

    private final double bound;
    private final int highest;
    private final Whitened[] looks = new Whitened[CORRELATIONS.length];
    private final Whitened[] past = new Whitened[CORRELATIONS.length];
    private int count;
    private int pastCount;

    /**
     * @param bound ln of the ratio that is asked about
     * @param maxCorrelation the strongest correlation between neighbouring looks that is reckoned with
     */
    ShiftTest(double bound, double maxCorrelation) {
        this.bound = bound;
        int last = 0;
        for (int i = 0; i < CORRELATIONS.length; i++) {
            looks[i] = new Whitened(CORRELATIONS[i]);
            past[i] = new Whitened(CORRELATIONS[i]);
            if (CORRELATIONS[i] <= maxCorrelation + 1e-9) {
                last = i;
            }
        }
        highest = last;
    }

    void learn(long look, double logRatio) {
        pastCount++;
        for (Whitened one : past) {
            one.add(look, logRatio);
        }
    }

    void add(long look, double logRatio) {
        count++;
        for (Whitened one : looks) {
            one.add(look, logRatio);
        }
    }

    @Override
    public double logEvidenceAbove() {
        return logEvidence(bound, 1);
    }

    @Override
    public double logEvidenceBelow() {
        return logEvidence(bound, -1);
    }

    private double logEvidence(double b, int direction) {
        if (count == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double degrees = count + Math.max(0, pastCount - 1);
        double[] terms = new double[(highest + 1) * WIDTHS.length];
        double best = Double.NEGATIVE_INFINITY;
        int n = 0;
        for (int i = 0; i <= highest; i++) {
            Whitened x = looks[i];
            double pastSquares = pastCount > 1 ? past[i].residual() : 0;
            double pastLog = pastCount > 0 ? past[i].logDeterminant() - 0.5 * Math.log(past[i].information()) : 0;
            double squares = x.squares(b) + pastSquares + RESOLUTION * RESOLUTION * degrees;
            double null0 = x.logDeterminant() + pastLog - degrees / 2 * Math.log(squares);
            best = Math.max(best, null0);
            double cross = direction * x.cross(b);
            for (double width : WIDTHS) {
                // the prior is on standard deviations of a look; the model counts in those of the innovations
                double g2 = width * width / (1 - CORRELATIONS[i] * CORRELATIONS[i]);
                double shrink = g2 / (1 + g2 * x.information());
                double left = Math.max(squares - shrink * cross * cross, RESOLUTION * RESOLUTION * degrees / 2);
                double t = shrink * cross / Math.sqrt(shrink * left / degrees);
                terms[n++] = null0
                        - 0.5 * Math.log1p(g2 * x.information())
                        + degrees / 2 * Math.log(squares / left)
                        + Math.log(2 * Math.max(Special.studentCdf(t, degrees), 1e-300));
            }
        }
        return Special.logSumExp(terms, n) - Math.log(n) - best;
    }

    @Override
    public double low(double logLevel) {
        return edge(logLevel, 1);
    }

    @Override
    public double high(double logLevel) {
        return edge(logLevel, -1);
    }

    /** Evidence for "above b" falls as b rises. */
    private double edge(double logLevel, int direction) {
        return count == 0
                ? -direction * Double.POSITIVE_INFINITY
                : Edge.from(estimate(), -direction, b -> logEvidence(b, direction) - logLevel);
    }

    /** The mean of the log ratios, under the correlation that fits best. */
    @Override
    public double estimate() {
        if (count == 0) {
            return Double.NaN;
        }
        int fit = 0;
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= highest; i++) {
            double value = looks[i].logDeterminant()
                    - count / 2.0 * Math.log(looks[i].residual() + RESOLUTION * RESOLUTION * count);
            if (value > best) {
                best = value;
                fit = i;
            }
        }
        return looks[fit].mean();
    }

    int count() {
        return count;
    }
}
