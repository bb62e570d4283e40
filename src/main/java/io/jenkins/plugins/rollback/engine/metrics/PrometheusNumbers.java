package io.jenkins.plugins.rollback.engine.metrics;

/** Numbers as Prometheus writes them, which are Go's: {@code 1e-3}, {@code NaN}, {@code +Inf}. */
final class PrometheusNumbers {

    private PrometheusNumbers() {}

    /** @throws NumberFormatException when it is no number */
    static double parse(String text) {
        switch (text) {
            case "NaN":
                return Double.NaN;
            case "+Inf":
            case "Inf":
                return Double.POSITIVE_INFINITY;
            case "-Inf":
                return Double.NEGATIVE_INFINITY;
            default:
                char last = text.isEmpty() ? 'x' : text.charAt(text.length() - 1);
                // Java would also take "1f" and " 1 "
                if (last != '.' && (last < '0' || last > '9')) {
                    throw new NumberFormatException(text);
                }
                return Double.parseDouble(text);
        }
    }
}
