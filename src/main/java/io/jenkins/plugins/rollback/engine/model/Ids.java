package io.jenkins.plugins.rollback.engine.model;

import java.util.random.RandomGenerator;

/**
 * Makes ids for deployments, rollbacks, approvals and gates: a short prefix that says what it is, then 16 characters
 * of Crockford's base 32 (80 random bits), for example {@code rb-7ZK3N0QW8RTX5M2A}. They satisfy {@link Names}.
 */
public final class Ids {

    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    public static final String DEPLOYMENT = "dp";
    public static final String ROLLBACK = "rb";
    public static final String APPROVAL = "ap";
    public static final String GATE = "gt";

    private final RandomGenerator random;

    /** @param random a {@code SecureRandom} in production; a seeded generator in tests and drills */
    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A new id with the given prefix, one of the constants of this class. Thread safe if the generator is. */
    public String next(String prefix) {
        StringBuilder id = new StringBuilder(prefix).append('-');
        long bits = 0;
        for (int i = 0; i < 16; i++) {
            if (i % 8 == 0) {
                bits = random.nextLong();
            }
            id.append(ALPHABET[(int) (bits >>> (i % 8 * 5) & 31)]);
        }
        return id.toString();
    }
}
