package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.Test;

/** RFC 4180, section 2. */
public class CsvReaderTest {

    @Test
    public void quotedCellsMayHoldAnything() {
        assertThat(CsvReader.read("a,\"b,\"\"c\"\"\r\nd\",\r\n\r\ne"))
                .containsExactly(List.of("a", "b,\"c\"\r\nd", ""), List.of(""), List.of("e"));
    }

    @Test
    public void aLastLineMayEndOrNot() {
        assertThat(CsvReader.read("a\r\nb")).isEqualTo(CsvReader.read("a\nb\n"));
        assertThat(CsvReader.read("")).isEmpty();
    }
}
