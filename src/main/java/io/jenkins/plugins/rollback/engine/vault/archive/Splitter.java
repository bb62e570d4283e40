package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a file apart, and what it holds, as deep as it goes. */
public final class Splitter {

    /** Larger than any header, smaller than what would be worth sharing. */
    private static final int LARGEST_STRUCTURE = 64 * 1024;

    private final Path temporary;
    private final Parts parts;
    private final Budget budget;
    private final ProfileFinder profiles = new ProfileFinder();

    private Splitter(Path temporary, Parts parts, Budget budget) {
        this.temporary = temporary;
        this.parts = parts;
        this.budget = budget;
    }

    /** Whether there is something to be taken apart, as far as the first and last bytes tell. */
    public static boolean isArchive(Region region) throws IOException {
        return GzipFormat.begins(region) || TarFormat.begins(region) || ZipFormat.isZip(region);
    }

    /**
     * Gives all of a region to {@code parts}.
     *
     * @param temporary folder for large members while they are looked at; nothing is left there
     * @throws IOException when reading failed, or of {@code parts}; never because of what the bytes are
     */
    public static void split(Region region, Path temporary, Parts parts) throws IOException {
        new Splitter(temporary, parts, new Budget(region.size())).split(region, 0);
    }

    /** A member, or the whole: taken apart further when it is an archive. */
    void split(Region region, int depth) throws IOException {
        if (region.size() == 0) {
            return;
        }
        if (depth < Budget.DEEPEST) {
            if (GzipFormat.begins(region)) {
                new GzipFormat(this, region, depth).split();
                return;
            }
            if (TarFormat.begins(region)) {
                new TarFormat(this, region, depth).split();
                return;
            }
            if (ZipFormat.isZip(region)) {
                new ZipFormat(this, region, depth).split();
                return;
            }
        }
        parts.content(region);
    }

    /** What lies between members. */
    void structure(Region region) throws IOException {
        for (long at = 0; at < region.size(); at += LARGEST_STRUCTURE) {
            parts.structure(region.read(at, (int) Math.min(LARGEST_STRUCTURE, region.size() - at)));
        }
    }

    /** Bytes of which nothing is known: small ones are kept with the structure. */
    void unknown(Region region) throws IOException {
        if (region.size() <= LARGEST_STRUCTURE) {
            structure(region);
        } else {
            parts.content(region);
        }
    }

    /** Bytes that are kept as they are. */
    void content(Region region) throws IOException {
        if (region.size() > 0) {
            parts.content(region);
        }
    }

    /**
     * Inflates what begins a region.
     *
     * @return {@link Inflated#isNone()} when it is no deflate stream or would go beyond the budget
     */
    Inflated inflate(Region region) throws IOException {
        Inflated inflated = Inflated.of(region, temporary, budget.left());
        if (!inflated.isNone()) {
            budget.spend(inflated.raw().size());
        }
        return inflated;
    }

    /** A deflate stream: taken apart when deflating again makes the same bytes, else kept deflated. */
    void deflated(Region deflated, Region raw, int depth) throws IOException {
        Optional<DeflateProfile> profile = profiles.find(deflated, raw);
        if (profile.isEmpty()) {
            content(deflated);
            return;
        }
        parts.beginDeflated(profile.get());
        split(raw, depth + 1);
        parts.endDeflated();
    }
}
