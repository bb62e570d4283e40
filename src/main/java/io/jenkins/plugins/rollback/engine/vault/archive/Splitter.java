package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes a file apart, and what it holds, as deep as it goes. That the parts join without a gap, in the file and in every
 * member, is seen while they are given away; and a deflated member is taken apart only after its bytes were made again
 * from what it holds. So the parts are the file, without putting them together again.
 */
public final class Splitter {

    /** Larger than any header, smaller than what would be worth sharing. */
    private static final int LARGEST_STRUCTURE = 64 * 1024;

    private final Path temporary;
    private final Parts parts;
    private final KnownStreams known;
    private final Budget budget;
    private final ProfileFinder profiles = new ProfileFinder();

    /** Behind what was given to {@link #parts}, in the file or array that is being split. */
    private long next;

    private Splitter(Path temporary, Parts parts, KnownStreams known, Budget budget) {
        this.temporary = temporary;
        this.parts = parts;
        this.known = known;
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
     * @param known spares deflating what was deflated before
     * @throws IOException when reading failed, or of {@code parts}; never because of what the bytes are
     */
    public static void split(Region region, Path temporary, Parts parts, KnownStreams known) throws IOException {
        new Splitter(temporary, parts, known, new Budget(region.size())).whole(region, 0);
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
        content(region);
    }

    /** What lies between members. */
    void structure(Region region) throws IOException {
        cover(region);
        for (long at = 0; at < region.size(); at += LARGEST_STRUCTURE) {
            parts.structure(region.read(at, (int) Math.min(LARGEST_STRUCTURE, region.size() - at)));
        }
    }

    /** Bytes of which nothing is known: small ones are kept with the structure. */
    void unknown(Region region) throws IOException {
        if (region.size() <= LARGEST_STRUCTURE) {
            structure(region);
        } else {
            content(region);
        }
    }

    /** Bytes that are kept as they are. */
    void content(Region region) throws IOException {
        if (region.size() > 0) {
            cover(region);
            parts.content(region);
        }
    }

    /** In which order profiles are tried now. */
    List<DeflateProfile> order() {
        return profiles.order();
    }

    /** Looks at the deflate stream that begins a region, as far as the budget goes. */
    Optional<Deflated> look(Region region) throws IOException {
        return look(region, budget.left(), order());
    }

    /** The same on any thread. */
    Optional<Deflated> look(Region region, long most, List<DeflateProfile> order) throws IOException {
        return Deflated.of(region, temporary, most, known, order);
    }

    /** Whether the budget has room for what a stream holds; then it is taken from it. */
    boolean affords(Deflated member) {
        return budget.spend(member.inflated().raw().size());
    }

    /** A deflate stream: taken apart when deflating again makes the same bytes, else kept deflated. */
    void deflated(Deflated member, int depth) throws IOException {
        profiles.learn(member.profile());
        if (member.profile().isEmpty()) {
            content(member.stream());
            return;
        }
        cover(member.stream());
        known.proven(member.hash(), member.profile().get());
        long behind = next;
        parts.beginDeflated(member.profile().get());
        whole(member.inflated().raw(), depth + 1);
        parts.endDeflated();
        next = behind;
    }

    /** Splits all of a region and sees that nothing of it was left out, given twice or given in another order. */
    private void whole(Region region, int depth) throws IOException {
        next = region.start();
        split(region, depth);
        if (next != region.start() + region.size()) {
            throw new IllegalStateException("not all of an archive was given away");
        }
    }

    private void cover(Region region) {
        if (region.start() != next) {
            throw new IllegalStateException("the parts of an archive do not join");
        }
        next += region.size();
    }
}
