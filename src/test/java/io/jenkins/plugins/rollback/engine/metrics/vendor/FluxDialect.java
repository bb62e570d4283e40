package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import okhttp3.mockwebserver.RecordedRequest;

/** docs.influxdata.com/influxdb/v2/reference/syntax/annotated-csv, windows stamped with their end. */
final class FluxDialect implements Dialect {

    @Override
    public ServerKind kind() {
        return ServerKind.FLUX;
    }

    @Override
    public String scope() {
        return "my org";
    }

    @Override
    public String query() {
        return "from(bucket: \"web\") |> range(start: v.timeRangeStart, stop: v.timeRangeStop)"
                + " |> aggregateWindow(every: v.windowPeriod, fn: sum)";
    }

    @Override
    public String answer(List<List<Dot>> series) {
        if (series.isEmpty()) {
            return "\r\n";
        }
        StringBuilder csv = new StringBuilder("#group,false,false,true,true,false,false,true\r\n");
        csv.append(",result,table,_start,_stop,_time,_value,pod\r\n");
        for (int i = 0; i < series.size(); i++) {
            for (Dot dot : series.get(i)) {
                csv.append(",_result,%d,2026-11-22T09:00:00Z,2026-11-22T10:00:00Z,%s,%s,pod-%d\r\n"
                        .formatted(
                                i, dot.minute().plusSeconds(60), dot.value().equals("null") ? "" : dot.value(), i + 1));
            }
        }
        return csv + "\r\n";
    }

    @Override
    public String error(String sentence) {
        return "{\"code\":\"invalid\",\"message\":\"" + sentence + "\"}";
    }

    @Override
    public String errorWithin200(String sentence) {
        return "#group,true,true\r\n,error,reference\r\n,\"" + sentence + "\",897\r\n";
    }

    @Override
    public List<String> strange() {
        return List.of("{}", "a,b,c", ",result,table\r\n,x\r\n", ",result,table,_time\r\n,_result,0,yesterday\r\n");
    }

    @Override
    public void check(RecordedRequest request, Instant from, Instant to) {
        assertThat(request.getPath()).isEqualTo("/api/v2/query?org=my%20org");
        assertThat(request.getHeader("Authorization")).isEqualTo("Token s3cret-token");
        assertThat(request.getHeader("Accept")).isEqualTo("application/csv");
        assertThat(request.getBody().readUtf8())
                .contains("range(start: " + from + ", stop: " + to + ")")
                .contains("every: 60000ms")
                .contains("\"annotations\":[\"group\"]");
    }
}
