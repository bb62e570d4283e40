package io.jenkins.plugins.rollback.engine.drill;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What to rehearse and with what.
 *
 * @param scenario what happens
 * @param seed decides all that is random: which requests fail, how badly version 2 behaves, when requests come
 * @param with real systems to go through instead of built-in ones: {@link #PROMETHEUS}, {@link #HAPROXY}
 */
public record DrillOptions(Scenario scenario, long seed, SortedSet<String> with) {

    /** Metrics are collected by a real Prometheus. */
    public static final String PROMETHEUS = "prometheus";

    /** Traffic is split by a real HAProxy. */
    public static final String HAPROXY = "haproxy";

    /** @throws IllegalArgumentException naming the system that is not known, and those that are */
    public DrillOptions {
        with = new TreeSet<>(with);
        for (String system : with) {
            if (!Set.of(PROMETHEUS, HAPROXY).contains(system)) {
                throw new IllegalArgumentException(
                        "a drill cannot go through '" + system + "'; known systems: " + HAPROXY + ", " + PROMETHEUS);
            }
        }
    }

    /** With built-in systems alone. */
    public DrillOptions(Scenario scenario, long seed) {
        this(scenario, seed, new TreeSet<>());
    }
}
