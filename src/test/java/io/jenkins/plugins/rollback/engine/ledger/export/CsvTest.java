package io.jenkins.plugins.rollback.engine.ledger.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class CsvTest {

    @Test
    public void quotesWhatWouldBreakTheLine() {
        assertThat(Csv.line("a", null, 1, "b,c", "d\"e", "f\ng")).isEqualTo("a,,1,\"b,c\",\"d\"\"e\",\"f\ng\"\r\n");
    }

    @Test
    public void noCellIsTakenForAFormula() {
        for (String evil : new String[] {
            "=HYPERLINK(\"http://evil\")", "+1+1", "-2+3", "@SUM(A1)", " =1+1", "\t=1", "\r=1", "|cmd", "%0A=1"
        }) {
            assertThat(Csv.line(evil).replaceFirst("^\"", "")).as(evil).startsWith("'");
        }
        assertThat(Csv.line(-5)).isEqualTo("-5\r\n");
        assertThat(Csv.line("1.4.2")).isEqualTo("1.4.2\r\n");
    }
}
