package io.jenkins.plugins.rollback.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One service of the {@link DemoWorld}: a baseline, a canary, and traffic on both. The traffic is made up at the moment
 * that somebody reads the metrics, so that it costs nothing and never falls behind on a busy machine.
 */
public final class DemoTracks {

    private static final double REQUESTS_PER_SECOND = 50_000;

    private final String name;
    private final Track baseline = new Track("baseline");
    private final Track canary = new Track("canary");
    private final List<String> deploys = new ArrayList<>();
    private final Random random = new Random(4711);
    private long counted = System.nanoTime();
    private final Gatekeeper deploysIn = new Gatekeeper();
    private final Gatekeeper looksIn = new Gatekeeper();

    /** @param name of the service */
    DemoTracks(String name) {
        this.name = name;
    }

    /** Makes who comes wait while it is closed. */
    private static final class Gatekeeper {
        private volatile CountDownLatch closed = new CountDownLatch(0);
        private volatile boolean waiting;

        private void close() {
            waiting = false;
            closed = new CountDownLatch(1);
        }

        private void open() {
            closed.countDown();
        }

        private boolean hasWaiting() {
            return waiting;
        }

        /** @return whether one may go on; not at the end of everything */
        private boolean pass() {
            CountDownLatch door = closed;
            if (door.getCount() == 0) {
                return true;
            }
            waiting = true;
            try {
                door.await(10, TimeUnit.MINUTES);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private static final class Track {
        private final String label;
        private String version = "0";
        private double errorShare = 0.01;
        private long good;
        private long bad;

        private Track(String label) {
            this.label = label;
        }

        private void put(String newVersion, double errors) {
            version = newVersion;
            errorShare = errors;
        }
    }

    /** @return what serves most users */
    public synchronized String baseline() {
        return baseline.version;
    }

    /** @return what serves the canary's users */
    public synchronized String canary() {
        return canary.version;
    }

    /** @return all deploys in order, for example {@code canary 1.0} and {@code everyone 1.0} */
    public synchronized List<String> deploys() {
        return List.copyOf(deploys);
    }

    /** The next deploy takes until {@link #letGo()}. */
    public void holdNextDeploy() {
        deploysIn.close();
    }

    /** @return whether a deploy waits */
    public boolean isHeld() {
        return deploysIn.hasWaiting();
    }

    /** Lets a deploy that waits go on. */
    public void letGo() {
        deploysIn.open();
    }

    /** Whoever reads the metrics next gets no answer until {@link #letLook()}. */
    public void holdNextLook() {
        looksIn.close();
    }

    /** @return whether somebody waits for the metrics */
    public boolean isLookHeld() {
        return looksIn.hasWaiting();
    }

    /** Answers who waits for the metrics. */
    public void letLook() {
        looksIn.open();
    }

    void deploy(String track, String version, double errors) {
        if (deploysIn.pass()) {
            put(track, version, errors);
        }
    }

    private synchronized void put(String track, String version, double errors) {
        count();
        canary.put(version, errors);
        if (track.equals("everyone")) {
            baseline.put(version, errors);
        }
        deploys.add(track + " " + version);
    }

    /** @return the page that a metric server would scrape, as it is now */
    String metrics() {
        looksIn.pass();
        return page();
    }

    private synchronized String page() {
        count();
        StringBuilder page = new StringBuilder("# TYPE http_requests_total counter\n");
        for (Track track : List.of(baseline, canary)) {
            String series = "http_requests_total{service=\"%s\",track=\"%s\",code=\"%s\"} %d%n";
            page.append(String.format(Locale.ROOT, series, name, track.label, "200", track.good));
            page.append(String.format(Locale.ROOT, series, name, track.label, "500", track.bad));
        }
        return page.toString();
    }

    private void count() {
        long now = System.nanoTime();
        double requests = REQUESTS_PER_SECOND * (now - counted) / 1e9;
        counted = now;
        for (Track track : List.of(baseline, canary)) {
            long bad = noisy(requests * track.errorShare);
            track.bad += bad;
            track.good += Math.max(0, noisy(requests) - bad);
        }
    }

    /** About as scattered as a Poisson count. */
    private long noisy(double expected) {
        return Math.max(0, Math.round(expected + random.nextGaussian() * Math.sqrt(expected)));
    }
}
