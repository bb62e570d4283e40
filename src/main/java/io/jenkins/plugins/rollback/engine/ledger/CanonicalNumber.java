package io.jenkins.plugins.rollback.engine.ledger;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes a double the way ECMAScript does (ECMA-262, Number::toString), as RFC 8785 wants it: the shortest decimal
 * that reads back as the same double, the closest one if several are that short.
 *
 * <p>{@link Double#toString(double)} is no help: before Java 19 it does not always give the shortest form.
 */
final class CanonicalNumber {

    private static final long MAX_SAFE = 1L << 53;

    private CanonicalNumber() {}

    /** @throws NumberFormatException for NaN and infinities */
    static String format(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE) {
            return Long.toString((long) value); // also turns -0 into 0
        }
        String sign = value < 0 ? "-" : "";
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int k = digits.length();
        int n = k - shortest.scale(); // value = 0.digits x 10^n
        return sign + layout(digits, k, n);
    }

    /** The four cases of Number::toString, with its own letters. */
    private static String layout(String digits, int k, int n) {
        if (k <= n && n <= 21) {
            return digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return "0." + "0".repeat(-n) + digits;
        }
        String exponent = (n > 0 ? "e+" : "e-") + Math.abs(n - 1);
        return k == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        // every decimal of up to 15 digits survives the way through a normal double, so nothing shorter is missed
        int from = value < Double.MIN_NORMAL ? 1 : 15;
        for (int precision = from; precision < 17; precision++) {
            BigDecimal closest = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (closest.doubleValue() == value) {
                return closest;
            }
            // just below a power of two the doubles lie closer together than above it, so the farther neighbour
            // can read back where the closer one does not
            RoundingMode other = closest.compareTo(exact) < 0 ? RoundingMode.CEILING : RoundingMode.FLOOR;
            BigDecimal farther = exact.round(new MathContext(precision, other));
            if (farther.doubleValue() == value) {
                return farther;
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }
}
