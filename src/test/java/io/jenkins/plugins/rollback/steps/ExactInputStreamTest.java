package io.jenkins.plugins.rollback.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import org.junit.Test;

public class ExactInputStreamTest {

    private final InputStream whole = new ByteArrayInputStream("abcdef".getBytes(UTF_8));
    private long read;

    private String piece(long size) throws Exception {
        try (InputStream in = new ExactInputStream(whole, size, n -> read += n)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    public void piecesFollowEachOther() throws Exception {
        assertThat(piece(2)).isEqualTo("ab");
        assertThat(piece(0)).isEmpty();
        assertThat(piece(4)).isEqualTo("cdef");
        assertThat(read).isEqualTo(6);
    }

    @Test
    public void aStreamThatEndsTooEarlyIsNoEnd() {
        assertThatThrownBy(() -> piece(7)).isInstanceOf(EOFException.class);
    }
}
