package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;

/** Reads one file of a release, and notices when it changes meanwhile. */
final class FileReader {

    /** In the order of the bits, from 0001 to 0400. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };

    private FileReader() {}

    /**
     * Hashes a file.
     *
     * @param read hears how many bytes were read, piece by piece
     * @throws IOException naming the file when it cannot be read, is no plain file or changed while it was read
     */
    static FileEntry read(FileTree.Found found, LongConsumer read) throws IOException {
        String shown = "'" + Printable.of(found.path()) + "'";
        BasicFileAttributes before = found.attributes();
        if (!before.isRegularFile()) {
            throw new IOException(shown + " is not a file but a device, a pipe or a socket");
        }
        MessageDigest digest = Sha256.digest();
        long size = 0;
        BasicFileAttributes after;
        int mode;
        try (InputStream in = Files.newInputStream(found.file(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] buffer = new byte[Sha256.BUFFER];
            // a file that grows as fast as it is read would never end
            for (int n = in.read(buffer); n >= 0 && size <= before.size(); n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                size += n;
                read.accept(n);
            }
            after = Files.readAttributes(found.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            mode = mode(found.file());
        } catch (IOException e) {
            throw new IOException("cannot read " + shown + ": " + Reason.of(e), e);
        }
        if (size != before.size()
                || after.size() != size
                || !after.lastModifiedTime().equals(before.lastModifiedTime())
                || !Objects.equals(after.fileKey(), before.fileKey())) {
            throw changed(found.path());
        }
        return new FileEntry(found.path(), size, mode, Sha256.hex(digest), null);
    }

    static IOException changed(String path) {
        return new IOException(
                "'" + Printable.of(path) + "' changed while it was read; is something still writing it?");
    }

    /** Permission bits; where the file system has none, those of an ordinary file or program. */
    static int mode(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return Files.isExecutable(file) ? 0755 : 0644;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        int mode = 0;
        for (int bit = 0; bit < BITS.length; bit++) {
            if (permissions.contains(BITS[bit])) {
                mode |= 1 << bit;
            }
        }
        return mode;
    }

    /** Sets permission bits where the file system has them. */
    static void setMode(Path file, int mode) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(BITS[bit]);
            }
        }
        view.setPermissions(permissions);
    }

    /** Whether modes mean anything where this file is. */
    static boolean hasModes(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
    }
}
