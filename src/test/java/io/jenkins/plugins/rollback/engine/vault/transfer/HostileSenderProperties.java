package io.jenkins.plugins.rollback.engine.vault.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import io.jenkins.plugins.rollback.engine.vault.Jars;
import io.jenkins.plugins.rollback.engine.vault.archive.Archives;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceHash;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever a sender says: nothing is stored that is not what it should be, and what is wrong is refused. */
class HostileSenderProperties {

    /** Each refusal to take something apart is logged with its stack. */
    private static final Logger VAULT = Logger.getLogger("io.jenkins.plugins.rollback.engine.vault.PackedContents");

    private static int refused;
    private static int sentWhole;

    private Path folder;
    private FileVault vault;
    private Sides sides;

    @BeforeTry
    void open() throws IOException {
        folder = Files.createTempDirectory("hostile-");
        vault = FileVault.open(folder.resolve("vault"));
        sides = new Sides(folder, vault);
    }

    @AfterTry
    void nothingIsLeftAside() throws IOException {
        assertThat(folder.resolve("vault/tmp")).isEmptyDirectory();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @BeforeContainer
    static void quietly() {
        VAULT.setLevel(Level.OFF);
    }

    @AfterContainer
    static void somethingWasTried() {
        VAULT.setLevel(null);
        assertThat(refused).isGreaterThan(50);
        assertThat(sentWhole).isGreaterThan(20);
    }

    @Property(tries = 250)
    void aStreamThatWasChangedStoresNothingWrong(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        FileEntry jar = sides.file("1.jar", Jars.of(1, 20 + random.nextInt(20)));
        FileEntry any = sides.file("any", Archives.of(random.nextInt(50)));
        byte[] said = sides.say(jar, any);
        if (random.nextInt(3) == 0) {
            // the directory of the jar: no piece, so that only the hash of the whole tells
            said[sides.say(jar).length - 3 - random.nextInt(1000)] ^= (byte) (1 << random.nextInt(8));
        } else {
            said = changed(said, random);
        }
        try {
            sentWhole += sides.hear(said, jar, any).contains(jar) ? 1 : 0;
        } catch (IOException e) {
            refused++;
        }
        assertThat(vault.verify()).isEmpty();
        for (FileEntry file : sides.stored) {
            assertThat(vault.open(file.sha256()).readAllBytes())
                    .isEqualTo(Files.readAllBytes(folder.resolve("files").resolve(file.path())));
        }
    }

    private static byte[] changed(byte[] said, Random random) {
        byte[] copy = said.clone();
        int at = random.nextInt(random.nextBoolean() ? copy.length : Math.min(2000, copy.length));
        switch (random.nextInt(4)) {
            case 0 -> copy = Arrays.copyOf(copy, at);
            case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> random.nextBytes(copy);
            default -> {
                int length = random.nextInt(Math.min(100, copy.length - at) + 1);
                System.arraycopy(copy, random.nextInt(copy.length - length + 1), copy, at, length);
            }
        }
        return copy;
    }

    @Example
    void everythingHasALimit() throws IOException {
        FileEntry file = sides.file("1.jar", Jars.of(1, 20));
        byte[] piece = new byte[100];
        refuses(file, "expected 1 to 262144", out -> out.writeInt(Integer.MAX_VALUE));
        refuses(file, "expected 1 to 262144", out -> out.writeInt(-1));
        refuses(
                file,
                "a number is 2147483647",
                out -> operation(announced(out, piece), Wire.STRUCTURE, Integer.MAX_VALUE));
        refuses(file, "a number is 4194305", out -> operation(announced(out, piece), Wire.NEW, (4 << 20) + 1));
        refuses(file, "a number is 0, expected 0 to -1", out -> operation(announced(out, piece), Wire.AGAIN, 0));
        refuses(file, "a piece is not what was announced", out -> {
            operation(announced(out, piece), Wire.NEW, 100);
            out.write(new byte[99]);
            out.write(1);
        });
        refuses(file, "unknown deflate profile 99", out -> {
            announced(out, piece).writeByte(Wire.DEFLATE);
            out.writeByte(99);
        });
        refuses(file, "a number is -1", out -> announced(out, piece).writeByte(Wire.END));
        refuses(file, "a number is 7", out -> {
            announced(out, piece);
            for (int i = 0; i < 7; i++) {
                out.writeByte(Wire.DEFLATE);
                out.writeByte(0);
            }
        });
        refuses(file, "a number is 0, expected 1 to 1", out -> announced(out, piece)
                .writeByte(Wire.DONE));
        refuses(file, "unknown operation 9", out -> announced(out, piece).writeByte(9));
        refuses(file, "it has more than ", out -> {
            announced(out, piece);
            for (int i = 0; i < 70; i++) {
                operation(out, Wire.STRUCTURE, 1 << 20);
                out.write(new byte[1 << 20]);
            }
        });
        refuses(file, "it has too many parts", out -> {
            announced(out, piece);
            for (int i = 0; i < Wire.MOST_OPERATIONS; i++) {
                out.writeByte(Wire.DEFLATE);
                out.writeByte(0);
                out.writeByte(Wire.END);
            }
        });
    }

    @Example
    void onePieceAgainAndAgainIsNoWayAroundTheLimit() throws IOException {
        FileEntry file = sides.file("1.jar", Jars.of(1, 20));
        byte[] piece = new byte[4 << 20];
        byte[] said = said(out -> {
            operation(announced(out, piece), Wire.NEW, piece.length);
            out.write(piece);
            for (int i = 0; i < 1000; i++) {
                operation(out, Wire.AGAIN, 0);
            }
            out.writeByte(Wire.DONE);
        });
        assertThat(sides.hear(said, file)).containsExactly(file);
        assertThat(vault.missing(Set.of(file.sha256()))).hasSize(1);
    }

    /** Says something. */
    private interface Speech {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] said(Speech speech) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(Wire.APART);
        speech.to(out);
        return bytes.toByteArray();
    }

    private void refuses(FileEntry file, String why, Speech speech) throws IOException {
        byte[] said = said(speech);
        assertThatThrownBy(() -> sides.hear(said, file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("what arrived of '1.jar' makes no sense")
                .hasMessageContaining(why);
    }

    private static DataOutputStream announced(DataOutputStream out, byte[] piece) throws IOException {
        ByteBuffer hash = ByteBuffer.allocate(PieceHash.LENGTH);
        PieceHash.ofPiece(piece).write(hash);
        out.writeInt(1);
        out.write(hash.array());
        return out;
    }

    private static void operation(DataOutputStream out, int code, int number) throws IOException {
        out.writeByte(code);
        out.writeInt(number);
    }
}
