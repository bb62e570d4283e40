package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.util.Arrays;

/**
 * Builds a Huffman code of limited length from frequencies. Several codes are equally good; the heap, the depth that
 * decides ties and the repair of lengths beyond the limit are zlib's, because the bytes depend on them.
 */
final class HuffmanTree {

    private static final int LONGEST_CODE = 15;
    private static final int HEAP = 2 * Codes.L_CODES + 1;

    final int[] frequencies;
    final int[] lengths;
    int[] codes;

    /** Largest symbol that occurs. */
    int maxCode;

    /** Bits that the block's symbols take with this code, those of the tree itself excluded. */
    long dynamicBits;

    /** The same with the fixed code. */
    long staticBits;

    private final int symbols;
    private final int[] staticLengths;
    private final int[] extraBits;
    private final int extraBase;
    private final int longest;

    private final int[] heap = new int[HEAP];
    private int heapLength;
    private int heapMax;
    private final int[] depth = new int[HEAP];
    private final int[] parent = new int[HEAP];

    /**
     * @param staticLengths of the fixed code; {@code null} when there is none
     * @param extraBits sent after a symbol from {@code extraBase} on
     * @param longest code allowed, in bits
     */
    HuffmanTree(int symbols, int[] staticLengths, int[] extraBits, int extraBase, int longest) {
        this.symbols = symbols;
        this.staticLengths = staticLengths;
        this.extraBits = extraBits;
        this.extraBase = extraBase;
        this.longest = longest;
        frequencies = new int[HEAP];
        lengths = new int[HEAP];
    }

    void reset() {
        Arrays.fill(frequencies, 0);
    }

    /** Computes lengths and codes from the frequencies. */
    void build() {
        dynamicBits = 0;
        staticBits = 0;
        heapLength = 0;
        heapMax = HEAP;
        maxCode = -1;
        for (int n = 0; n < symbols; n++) {
            if (frequencies[n] != 0) {
                heap[++heapLength] = maxCode = n;
                depth[n] = 0;
            } else {
                lengths[n] = 0;
            }
        }
        // two codes of non-zero frequency at the least, as the pkzip format wants it
        while (heapLength < 2) {
            int node = heap[++heapLength] = maxCode < 2 ? ++maxCode : 0;
            frequencies[node] = 1;
            depth[node] = 0;
            dynamicBits--;
            if (staticLengths != null) {
                staticBits -= staticLengths[node];
            }
        }
        for (int n = heapLength / 2; n >= 1; n--) {
            sink(n);
        }
        join();
        limitLengths();
        codes = codes(lengths, maxCode);
    }

    /** Joins the two rarest nodes until one is left. */
    private void join() {
        int node = symbols;
        do {
            int n = heap[1];
            heap[1] = heap[heapLength--];
            sink(1);
            int m = heap[1];
            heap[--heapMax] = n; // the nodes sorted by frequency
            heap[--heapMax] = m;
            frequencies[node] = frequencies[n] + frequencies[m];
            depth[node] = Math.max(depth[n], depth[m]) + 1;
            parent[n] = node;
            parent[m] = node;
            heap[1] = node++;
            sink(1);
        } while (heapLength >= 2);
        heap[--heapMax] = heap[1];
    }

    private void sink(int k) {
        int v = heap[k];
        int j = k << 1;
        while (j <= heapLength) {
            if (j < heapLength && smaller(heap[j + 1], heap[j])) {
                j++;
            }
            if (smaller(v, heap[j])) {
                break;
            }
            heap[k] = heap[j];
            k = j;
            j <<= 1;
        }
        heap[k] = v;
    }

    private boolean smaller(int n, int m) {
        return frequencies[n] < frequencies[m] || frequencies[n] == frequencies[m] && depth[n] <= depth[m];
    }

    private void limitLengths() {
        int[] count = new int[LONGEST_CODE + 1];
        lengths[heap[heapMax]] = 0; // the root
        int overflow = 0;
        int h;
        for (h = heapMax + 1; h < HEAP; h++) {
            int n = heap[h];
            int bits = lengths[parent[n]] + 1;
            if (bits > longest) {
                bits = longest;
                overflow++;
            }
            lengths[n] = bits;
            if (n > maxCode) {
                continue; // not a leaf
            }
            count[bits]++;
            int extra = n >= extraBase ? extraBits[n - extraBase] : 0;
            dynamicBits += (long) frequencies[n] * (bits + extra);
            if (staticLengths != null) {
                staticBits += (long) frequencies[n] * (staticLengths[n] + extra);
            }
        }
        if (overflow == 0) {
            return;
        }
        do {
            int bits = longest - 1;
            while (count[bits] == 0) {
                bits--;
            }
            count[bits]--; // move one leaf down
            count[bits + 1] += 2; // and one overflowing item to its brother's place
            count[longest]--;
            overflow -= 2;
        } while (overflow > 0);
        // all lengths anew, in the order of increasing frequency
        for (int bits = longest; bits != 0; bits--) {
            for (int n = count[bits]; n != 0; ) {
                int m = heap[--h];
                if (m > maxCode) {
                    continue;
                }
                dynamicBits += (long) (bits - lengths[m]) * frequencies[m];
                lengths[m] = bits;
                n--;
            }
        }
    }

    /** The canonical code of RFC 1951, section 3.2.2, with its bits in the order of sending. */
    static int[] codes(int[] lengths, int maxCode) {
        int[] count = new int[LONGEST_CODE + 2];
        for (int n = 0; n <= maxCode; n++) {
            count[lengths[n]]++;
        }
        count[0] = 0;
        int[] next = new int[LONGEST_CODE + 2];
        for (int bits = 1, code = 0; bits <= LONGEST_CODE; bits++) {
            code = code + count[bits - 1] << 1;
            next[bits] = code;
        }
        int[] codes = new int[maxCode + 1];
        for (int n = 0; n <= maxCode; n++) {
            if (lengths[n] != 0) {
                codes[n] = Integer.reverse(next[lengths[n]]++) >>> 32 - lengths[n];
            }
        }
        return codes;
    }
}
