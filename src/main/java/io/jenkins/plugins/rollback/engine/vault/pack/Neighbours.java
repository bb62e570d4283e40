package io.jenkins.plugins.rollback.engine.vault.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the earlier file that a new one resembles most, mostly the release before, and in it the pieces that new pieces
 * replace: a class that changed in two lines compresses to a few bytes against its last version.
 */
final class Neighbours {

    /** Recipes that are looked at: of the packs with most pieces in common, and of the newest of them. */
    private static final int CANDIDATES = 4;

    private static final int LARGEST_DICTIONARY = Group.FULL;

    /** Finds the recipe of an earlier file. */
    @FunctionalInterface
    interface Recipes {
        Optional<PieceRef> of(String sha256) throws IOException;
    }

    /**
     * What a group is compressed against.
     *
     * @param dictionary the bytes of {@code refs}
     * @param depth of the group that rests on them
     */
    record Bases(List<PieceRef> refs, byte[] dictionary, int depth) {

        static final Bases NONE = new Bases(List.of(), new byte[0], 0);
    }

    private final PackReader reader;
    private final PieceIndex index;
    private final Recipes recipes;

    /** What was chosen, and its pieces in their order; {@code null} before. */
    private PieceRef chosen;

    private List<PieceRef> chosenPieces = List.of();

    Neighbours(PackReader reader, PieceIndex index, Recipes recipes) {
        this.reader = reader;
        this.index = index;
        this.recipes = recipes;
    }

    /**
     * Earlier versions of new pieces.
     *
     * @param refs pieces of the new file so far, in their order
     * @param own the pack that is being written
     * @param from number of the first piece there that is wanted
     */
    Bases basesOf(List<PieceRef> refs, String own, int from) throws IOException {
        choose(refs, own);
        if (chosen == null) {
            return Bases.NONE;
        }
        Map<PieceRef, Integer> places = new HashMap<>();
        for (int i = 0; i < chosenPieces.size(); i++) {
            places.putIfAbsent(chosenPieces.get(i), i);
        }
        Set<PieceRef> kept = new HashSet<>(refs);
        List<PieceRef> bases = new ArrayList<>();
        int place = 0; // in the earlier file: behind what was last in both
        for (PieceRef ref : refs) {
            Integer same = places.get(ref);
            if (same != null) {
                place = same + 1;
            } else if (ref.pack().equals(own) && place < chosenPieces.size()) {
                PieceRef earlier = chosenPieces.get(place);
                if (!kept.contains(earlier)) {
                    place++;
                    if (ref.piece() >= from) {
                        bases.add(earlier);
                    }
                }
            }
        }
        return bases(bases);
    }

    /** The recipe of the earlier file. */
    Bases baseOfRecipe(List<PieceRef> refs, String own) throws IOException {
        choose(refs, own);
        return chosen == null ? Bases.NONE : bases(List.of(chosen));
    }

    private Bases bases(List<PieceRef> wanted) throws IOException {
        List<PieceRef> refs = new ArrayList<>();
        ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
        int depth = 0;
        for (PieceRef ref : wanted) {
            int below = reader.group(ref).depth();
            if (below < Group.DEEPEST
                    && !refs.contains(ref)
                    && dictionary.size() + reader.length(ref) <= LARGEST_DICTIONARY) {
                refs.add(ref);
                dictionary.writeBytes(reader.piece(ref));
                depth = Math.max(depth, below + 1);
            }
        }
        return refs.isEmpty() ? Bases.NONE : new Bases(refs, dictionary.toByteArray(), depth);
    }

    private void choose(List<PieceRef> refs, String own) throws IOException {
        if (chosen != null) {
            return;
        }
        Map<String, Integer> common = new HashMap<>();
        for (PieceRef ref : refs) {
            if (!ref.pack().equals(own)) {
                common.merge(ref.pack(), 1, Integer::sum);
            }
        }
        Comparator<String> byCommon = Comparator.comparing(common::get);
        Comparator<String> byAge =
                Comparator.comparing(id -> index.directory(id).created());
        Set<String> candidates = new LinkedHashSet<>();
        for (Comparator<String> order : List.of(byCommon, byAge)) {
            common.keySet().stream()
                    .sorted(order.reversed().thenComparing(Comparator.naturalOrder()))
                    .limit(CANDIDATES)
                    .forEach(candidates::add);
        }
        Set<PieceRef> mine = new HashSet<>(refs);
        long best = 0;
        long bestCreated = 0;
        for (String candidate : candidates) {
            PackDirectory directory = index.directory(candidate);
            Optional<PieceRef> recipe = recipes.of(directory.owner());
            if (recipe.isEmpty()) {
                continue; // collected since
            }
            List<PieceRef> pieces = Recipe.read(reader, recipe.get()).pieces();
            long same = pieces.stream().filter(mine::contains).count();
            if (same > best || same == best && same > 0 && directory.created() > bestCreated) {
                best = same;
                bestCreated = directory.created();
                chosen = recipe.get();
                chosenPieces = pieces;
            }
        }
    }
}
