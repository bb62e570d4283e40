package io.jenkins.plugins.rollback.engine.trigger.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The last deliveries of each endpoint, in memory, written down now and then. Bounded in every way: so many of those that
 * were taken, ignored and refused, each of so many characters, none older than {@link #KEEP}. Equal ones are one line with
 * a count, so that a storm costs a number. {@link #note} writes nothing to a disk and never fails; {@link #flush} is for a
 * timer, so that a flood costs one write of a small file each time it comes around.
 *
 * <p>Losing the log loses no record: that is the ledger. Thread safe.
 */
public final class DeliveryLog {

    /** Bodies may name people; after this long they are gone. */
    public static final Duration KEEP = Duration.ofDays(30);

    private static final Logger LOGGER = Logger.getLogger(DeliveryLog.class.getName());

    private final Path folder;
    private final Clock clock;
    private final Map<String, Rings> endpoints = new ConcurrentHashMap<>();

    /** @param folder gets a file for each endpoint; need not exist */
    public DeliveryLog(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** The deliveries of an endpoint, in groups that do not push each other out; oldest first. Guarded by itself. */
    private static final class Rings {

        final Map<Outcome.Group, ArrayDeque<LoggedDelivery>> groups = new EnumMap<>(Outcome.Group.class);
        boolean changed;

        Rings() {
            for (Outcome.Group group : Outcome.Group.values()) {
                groups.put(group, new ArrayDeque<>());
            }
        }

        /** @return whether it was folded into one that is there */
        boolean fold(LoggedDelivery delivery) {
            ArrayDeque<LoggedDelivery> ring = groups.get(delivery.outcome().group());
            for (Iterator<LoggedDelivery> each = ring.iterator(); each.hasNext(); ) {
                LoggedDelivery known = each.next();
                if (known.isLike(delivery)) {
                    each.remove();
                    ring.add(known.again(delivery));
                    changed = true;
                    return true;
                }
            }
            return false;
        }

        void add(LoggedDelivery delivery) {
            if (!fold(delivery)) { // another thread may just have had the same
                ArrayDeque<LoggedDelivery> ring = groups.get(delivery.outcome().group());
                ring.add(delivery);
                if (ring.size() > delivery.outcome().group().most) {
                    ring.remove();
                }
                changed = true;
            }
        }

        void forgetBefore(Instant oldest) {
            for (ArrayDeque<LoggedDelivery> ring : groups.values()) {
                changed |= ring.removeIf(delivery -> delivery.at().isBefore(oldest));
            }
        }

        List<LoggedDelivery> all() {
            return groups.values().stream().flatMap(Collection::stream).toList();
        }
    }

    /**
     * Notes a delivery.
     *
     * @param endpoint id of one that exists
     * @param delivery what became of it, without what was sent
     * @param sent adds what was sent, masked; asked only when the delivery gets a line of its own
     */
    public void note(String endpoint, LoggedDelivery delivery, UnaryOperator<LoggedDelivery> sent) {
        try {
            Rings rings = rings(endpoint);
            synchronized (rings) {
                if (rings.fold(delivery)) {
                    return;
                }
            }
            LoggedDelivery full = sent.apply(delivery);
            synchronized (rings) {
                rings.add(full);
            }
        } catch (RuntimeException e) {
            // what is answered must not depend on a log
            LOGGER.log(Level.WARNING, "A delivery to '" + endpoint + "' could not be noted", e);
        }
    }

    /** What is known of an endpoint's deliveries, newest first. */
    public List<LoggedDelivery> of(String endpoint) {
        Rings rings = rings(endpoint);
        List<LoggedDelivery> all;
        synchronized (rings) {
            rings.forgetBefore(clock.instant().minus(KEEP));
            all = new ArrayList<>(rings.all());
        }
        all.sort(Comparator.comparing(LoggedDelivery::at).reversed());
        return all;
    }

    private Rings rings(String endpoint) {
        return endpoints.computeIfAbsent(endpoint, this::load);
    }

    private Rings load(String endpoint) {
        Rings rings = new Rings();
        try {
            new DeliveryFile(folder, endpoint).read().forEach(rings::add);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.INFO, () -> "The log of deliveries to '" + endpoint + "' begins anew: " + e.getMessage());
        }
        rings.changed = false;
        return rings;
    }

    /**
     * Writes down what changed, and forgets endpoints that are gone.
     *
     * @param known ids of the endpoints that exist
     * @throws IOException when a file cannot be written; the next flush tries again
     */
    public synchronized void flush(Collection<String> known) throws IOException {
        endpoints.keySet().retainAll(known);
        DeliveryFile.keepOnly(folder, known);
        IOException failed = null;
        for (Map.Entry<String, Rings> endpoint : endpoints.entrySet()) {
            Rings rings = endpoint.getValue();
            List<LoggedDelivery> all;
            synchronized (rings) {
                rings.forgetBefore(clock.instant().minus(KEEP));
                if (!rings.changed) {
                    continue;
                }
                all = rings.all();
                rings.changed = false;
            }
            try {
                new DeliveryFile(folder, endpoint.getKey()).write(all);
            } catch (IOException e) {
                failed = e;
                synchronized (rings) {
                    rings.changed = true;
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
