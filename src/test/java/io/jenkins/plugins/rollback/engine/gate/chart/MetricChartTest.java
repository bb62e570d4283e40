package io.jenkins.plugins.rollback.engine.gate.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.CsvReplay;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.model.Markup;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

public class MetricChartTest {

    private static final String ANALYSIS =
            """
            analysis:
              interval: 60s
              looks: 20
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad $track'}
                  total: {source: prom, query: 'total $track'}
                  tolerance: 0.5
            """;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** The canary has seven times the share of errors; at the third look it says nothing, and the fifth was slept through. */
    private Gate gate() throws Exception {
        StringBuilder csv = new StringBuilder("time,series,track,value\n");
        for (int look = 1; look <= 20; look++) {
            long at = 1_800_000_000L + 60L * look;
            if (look == 5) {
                continue;
            }
            csv.append(at).append(",@look,canary,").append(look).append('\n');
            for (String track : new String[] {"baseline", "canary"}) {
                boolean canary = track.equals("canary");
                if (canary && look == 3) {
                    continue;
                }
                csv.append(at).append(",errors.total,").append(track).append(canary ? ",1000\n" : ",9000\n");
                csv.append(at)
                        .append(",errors.bad,")
                        .append(track)
                        .append(canary ? ",15" : ",18")
                        .append(look % 3 * 2)
                        .append('\n');
            }
        }
        Path file = folder.newFile().toPath();
        Files.writeString(file, csv);
        return CsvReplay.read(Analysis.parse(ANALYSIS, "a.yaml"), file).gate(null);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static int count(Document svg, String element, String type) {
        NodeList all = svg.getElementsByTagName(element);
        int count = 0;
        for (int i = 0; i < all.getLength(); i++) {
            count += ((Element) all.item(i)).getAttribute("class").matches("(.* )?" + type) ? 1 : 0;
        }
        return count;
    }

    @Test
    public void aLookHasAPointOnEachTrackAnIntervalAndARow() throws Exception {
        Gate gate = gate();
        assertThat(gate.status().decided()).hasToString("FAIL");
        MetricChart chart = new MetricChart(gate, gate.analysis().metrics().get(0), ZoneOffset.UTC);
        Document svg = parse(chart.draw());
        int looks = gate.status().look();
        assertThat(chart.rows()).hasSize(looks);
        assertThat(count(svg, "circle", "rollback-chart__dot--baseline")).isEqualTo(looks);
        assertThat(count(svg, "circle", "rollback-chart__dot--canary")).isEqualTo(looks - 1);
        assertThat(count(svg, "circle", "rollback-chart__effect")).isPositive();
        assertThat(count(svg, "line", "rollback-chart__interval")).isPositive();
        assertThat(count(svg, "rect", "rollback-chart__band")).isEqualTo(1);
        assertThat(count(svg, "line", "rollback-chart__verdict--bad"))
                .as("in both panels")
                .isEqualTo(2);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).contains("errors");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .contains("FAIL at look " + looks)
                .containsPattern("baseline 2(\\.\\d+)? %, canary 15(\\.\\d+)? %");
        assertThat(chart.draw())
                .doesNotContain("NaN")
                .doesNotContain("Infinity")
                .doesNotContain("<script");
    }

    @Test
    public void nothingIsDrawnOverALookThatWasSleptThrough() throws Exception {
        Gate gate = gate();
        MetricChart chart = new MetricChart(gate, gate.analysis().metrics().get(0), ZoneOffset.UTC);
        assertThat(chart.rows()).extracting(LookRow::slot).startsWith(1L, 2L, 3L, 4L, 6L);
        NodeList paths = parse(chart.draw()).getElementsByTagName("path");
        String baseline = ((Element) paths.item(0)).getAttribute("d");
        assertThat(baseline.split("M", -1)).as("two pieces").hasSize(3);
    }

    @Test
    public void beforeTheFirstLookThereIsNoPicture() throws Exception {
        Path file = folder.newFile().toPath();
        Files.writeString(file, "time,series,track,value\n1800000000,other,canary,1\n");
        Gate gate = CsvReplay.read(Analysis.parse(ANALYSIS, "a.yaml"), file).gate(null);
        gate.trail();
        assertThat(new MetricChart(gate, gate.analysis().metrics().get(0), ZoneOffset.UTC).rows())
                .allMatch(row -> Double.isNaN(row.canary()));
    }

    @Test
    public void markupIsHarmless() {
        assertThat(Markup.escaped("a<b>&\"c'")).isEqualTo("a&lt;b&gt;&amp;&quot;c&#39;");
    }

    @Test
    public void ticksAreFewAndRound() {
        assertThat(new Scale(0, 1, 0, 100).ticks()).hasSizeBetween(3, 6).contains(0.0);
        assertThat(new Scale(-0.37, 4.2, 0, 100).ticks()).hasSizeBetween(3, 6).contains(0.0);
        assertThat(new Scale(0.951, 0.953, 0, 100).ticks()).hasSizeBetween(3, 8);
        assertThat(Scale.around(5, 5, 0, 100).at(5)).isCloseTo(50, within(1e-6));
        assertThat(new Scale(0, 1, 100, 0).at(7))
                .as("what does not fit stays at the edge")
                .isZero();
    }
}
