package io.jenkins.plugins.rollback.engine.vault.pack;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictContentType;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.util.Native;
import java.io.IOException;

/** Zstandard frames (RFC 8878), with a checksum, of bytes in memory. */
public final class Zstd {

    /** The window must reach from the end of the data to the beginning of the dictionary. */
    private static final int SMALLEST_WINDOW = 10;

    private static final boolean AVAILABLE = load();

    private Zstd() {}

    /**
     * Whether the native library works here: it has none for some systems (Alpine's musl on some processors). Where it
     * does not, files are kept whole.
     */
    public static boolean isAvailable() {
        return AVAILABLE;
    }

    private static boolean load() {
        try {
            Native.load();
            return Native.isLoaded();
        } catch (LinkageError | RuntimeException e) {
            return false;
        }
    }

    /** @param dictionary plain bytes that the data may resemble; empty for none */
    static byte[] compress(byte[] data, byte[] dictionary, int level) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level).setChecksum(true);
            if (dictionary.length > 0) {
                int window = 64 - Long.numberOfLeadingZeros((long) data.length + dictionary.length);
                context.setWindowLog(Math.max(SMALLEST_WINDOW, window));
                context.loadDict(dictionary, ZstdDictContentType.RAW_CONTENT);
            }
            return context.compress(data);
        }
    }

    /**
     * @param size of the data
     * @throws IOException when it is not what {@link #compress} made of that many bytes
     */
    static byte[] decompress(byte[] frame, byte[] dictionary, int size) throws IOException {
        if (!AVAILABLE) {
            throw new IOException("the native library of Zstandard does not work on this system");
        }
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            if (dictionary.length > 0) {
                context.loadDict(dictionary, ZstdDictContentType.RAW_CONTENT);
            }
            byte[] data = context.decompress(frame, size);
            if (data.length != size) {
                throw new IOException("it has " + data.length + " bytes, expected " + size);
            }
            return data;
        } catch (ZstdException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
