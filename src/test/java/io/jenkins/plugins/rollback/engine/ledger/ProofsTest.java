package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.Test;

public class ProofsTest {

    /** The leaves and roots that certificate transparency implementations test themselves with. */
    private static final String[] LEAVES = {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
    };

    private static final String[] ROOTS = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };

    private final List<byte[]> leaves = new ArrayList<>();

    @Test
    public void rootsOfTheKnownTrees() throws Exception {
        for (int size = 0; size <= LEAVES.length; size++) {
            if (size > 0) {
                leaves.add(Merkle.leaf(HexFormat.of().parseHex(LEAVES[size - 1])));
            }
            assertThat(HexFormat.of().formatHex(Merkle.root(leaves))).isEqualTo(ROOTS[size]);
            TileHasher hasher = new TileHasher();
            for (byte[] leaf : leaves) {
                hasher.<RuntimeException>add(leaf, (tile, hashes) -> {});
            }
            assertThat(HexFormat.of().formatHex(hasher.root())).isEqualTo(ROOTS[size]);
        }
    }

    @Test
    public void knownInclusionProof() throws Exception {
        rootsOfTheKnownTrees();
        // path of the first leaf in the tree of eight, from the same vectors
        assertThat(Proofs.inclusion(this::brute, 0, 8))
                .extracting(HexFormat.of()::formatHex)
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    }

    @Test
    public void everyProofHoldsAndNoOtherDoes() throws Exception {
        int max = 70;
        List<byte[]> roots = new ArrayList<>();
        roots.add(Merkle.root(List.of()));
        for (int i = 0; i < max; i++) {
            leaves.add(Merkle.leaf(new byte[] {(byte) i}));
            roots.add(naive(leaves));
            assertThat(Merkle.root(leaves)).isEqualTo(naive(leaves));
        }
        for (int size = 1; size <= max; size++) {
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = Proofs.inclusion(this::brute, index, size);
                assertThat(Proofs.rootFromInclusion(leaves.get(index), index, size, proof))
                        .isEqualTo(roots.get(size));
                wrongInclusion(index, size, proof, roots.get(size));
            }
            for (int old = 0; old <= size; old++) {
                List<byte[]> proof = Proofs.consistency(this::brute, old, size);
                assertThat(Proofs.isConsistent(old, roots.get(old), size, roots.get(size), proof))
                        .as("%s in %s", old, size)
                        .isTrue();
                wrongConsistency(old, size, proof, roots);
            }
        }
    }

    private void wrongInclusion(int index, int size, List<byte[]> proof, byte[] root) {
        if (size > 1) {
            int other = (index + 1) % size;
            try {
                assertThat(Proofs.rootFromInclusion(leaves.get(index), other, size, proof))
                        .isNotEqualTo(root);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("proof is too");
            }
            assertThatThrownBy(() -> Proofs.rootFromInclusion(
                            leaves.get(index), index, size, proof.subList(0, proof.size() - 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(root);
        assertThatThrownBy(() -> Proofs.rootFromInclusion(leaves.get(index), index, size, longer))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void wrongConsistency(int old, int size, List<byte[]> proof, List<byte[]> roots) {
        if (old > 0) {
            assertThat(Proofs.isConsistent(old, roots.get(old - 1), size, roots.get(size), proof))
                    .isFalse();
            assertThat(Proofs.isConsistent(old, roots.get(old), size, roots.get(size - 1), proof))
                    .isFalse();
            List<byte[]> longer = new ArrayList<>(proof);
            longer.add(roots.get(0));
            assertThat(Proofs.isConsistent(old, roots.get(old), size, roots.get(size), longer))
                    .isFalse();
            for (int i = 0; i < proof.size(); i++) {
                List<byte[]> bent = new ArrayList<>(proof);
                bent.set(i, roots.get(0));
                assertThat(Proofs.isConsistent(old, roots.get(old), size, roots.get(size), bent))
                        .isFalse();
            }
        }
    }

    /** RFC 6962, section 2.1, word for word. */
    private static byte[] naive(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return Merkle.node(naive(leaves.subList(0, k)), naive(leaves.subList(k, leaves.size())));
    }

    private byte[] brute(int height, long number) throws IOException {
        int width = 1 << height;
        return naive(leaves.subList((int) number * width, (int) (number + 1) * width));
    }
}
