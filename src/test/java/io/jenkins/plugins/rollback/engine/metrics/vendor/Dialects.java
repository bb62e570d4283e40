package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import okhttp3.mockwebserver.RecordedRequest;

/** The dialects that are JSON with times and values, after the vendors' references named in each class. */
final class Dialects {

    static final List<Dialect> ALL = List.of(
            new Prometheus(),
            new GoogleDialect(),
            new Graphite(),
            new InfluxQl(),
            new FluxDialect(),
            new Datadog(),
            new NewRelic(),
            new CloudWatch(),
            new Dynatrace(),
            new Json());

    private Dialects() {}

    private static String join(List<Dialect.Dot> dots, BiFunction<Instant, String, String> format) {
        return dots.stream().map(dot -> format.apply(dot.minute(), dot.value())).collect(Collectors.joining(","));
    }

    private static String each(List<List<Dialect.Dot>> series, BiFunction<String, List<Dialect.Dot>, String> format) {
        List<String> all = new ArrayList<>();
        for (List<Dialect.Dot> dots : series) {
            all.add(format.apply("pod-" + (all.size() + 1), dots));
        }
        return String.join(",", all);
    }

    private static String parameter(RecordedRequest request, String name) {
        return request.getRequestUrl().queryParameter(name);
    }

    /** prometheus.io/docs/prometheus/latest/querying/api; the header is Mimir's. */
    static class Prometheus implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.PROMETHEUS;
        }

        @Override
        public String scope() {
            return "team-a";
        }

        @Override
        public String answer(List<List<Dot>> series) {
            boolean range = series.stream().anyMatch(dots -> dots.size() > 1);
            return "{'status':'success','data':{'resultType':'%s','result':[%s]}}"
                    .formatted(
                            range ? "matrix" : "vector",
                            each(
                                    series,
                                    (pod, dots) -> "{'metric':{'pod':'" + pod + "'},"
                                            + (range
                                                    ? "'values':[" + join(dots, Prometheus::pair) + "]}"
                                                    : "'value':" + join(dots, Prometheus::pair) + "}")))
                    .replace('\'', '"');
        }

        private static String pair(Instant at, String value) {
            return "[" + at.getEpochSecond() + ",'" + value + "']";
        }

        @Override
        public String error(String sentence) {
            return "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"" + sentence + "\"}";
        }

        @Override
        public String errorWithin200(String sentence) {
            return error(sentence);
        }

        @Override
        public boolean knowsNull() {
            return false;
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/api/v1/query");
            assertThat(parameter(request, "query")).isEqualTo(query());
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer s3cret-token");
            assertThat(request.getHeader("X-Scope-OrgID")).isEqualTo("team-a");
        }
    }

    /** graphite.readthedocs.io/en/stable/render_api.html, format=json. */
    static class Graphite implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.GRAPHITE;
        }

        @Override
        public MetricSecret secret(String tokenUrl) {
            return new MetricSecret("jenkins", "s3cret-token");
        }

        @Override
        public String answer(List<List<Dot>> series) {
            return "["
                    + each(
                            series,
                            (pod, dots) -> "{\"target\":\"" + pod + ".errors\",\"tags\":{},\"datapoints\":["
                                    + join(dots, (at, value) -> "[" + value + "," + at.getEpochSecond() + "]") + "]}")
                    + "]";
        }

        @Override
        public String error(String sentence) {
            return "{\"errors\":{\"target\":[\"" + sentence + "\"]}}";
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/render");
            assertThat(parameter(request, "target")).isEqualTo(query());
            assertThat(parameter(request, "format")).isEqualTo("json");
            assertThat(parameter(request, "from")).isEqualTo("" + (from.getEpochSecond() - 1));
            assertThat(parameter(request, "until")).isEqualTo("" + to.getEpochSecond());
            assertThat(request.getHeader("Authorization")).isEqualTo("Basic amVua2luczpzM2NyZXQtdG9rZW4=");
        }
    }

    /** docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint. */
    static class InfluxQl implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.INFLUXQL;
        }

        @Override
        public String scope() {
            return "web";
        }

        @Override
        public String query() {
            return "SELECT sum(n) FROM errors WHERE $timeFilter GROUP BY time($interval)";
        }

        @Override
        public String answer(List<List<Dot>> series) {
            return series.isEmpty()
                    ? "{\"results\":[{\"statement_id\":0}]}"
                    : "{\"results\":[{\"statement_id\":0,\"series\":["
                            + each(
                                    series,
                                    (pod, dots) -> "{\"name\":\"errors\",\"tags\":{\"pod\":\"" + pod
                                            + "\"},\"columns\":[\"time\",\"sum\"],\"values\":["
                                            + join(dots, (at, value) -> "[" + at.toEpochMilli() + "," + value + "]")
                                            + "]}")
                            + "]}]}";
        }

        @Override
        public String error(String sentence) {
            return "{\"error\":\"" + sentence + "\"}";
        }

        @Override
        public String errorWithin200(String sentence) {
            return "{\"results\":[{\"statement_id\":0,\"error\":\"" + sentence + "\"}]}";
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/query");
            assertThat(parameter(request, "db")).isEqualTo("web");
            assertThat(parameter(request, "epoch")).isEqualTo("ms");
            assertThat(parameter(request, "q"))
                    .isEqualTo("SELECT sum(n) FROM errors WHERE time >= " + from.toEpochMilli() + "ms AND time < "
                            + to.toEpochMilli() + "ms GROUP BY time(60000ms)");
            assertThat(request.getHeader("Authorization")).isEqualTo("Token s3cret-token");
        }
    }

    /** docs.datadoghq.com/api/latest/metrics/#query-timeseries-points, API v1. */
    static class Datadog implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.DATADOG;
        }

        @Override
        public MetricSecret secret(String tokenUrl) {
            return new MetricSecret("ap1-key", "s3cret-token");
        }

        @Override
        public String answer(List<List<Dot>> series) {
            return "{\"status\":\"ok\",\"res_type\":\"time_series\",\"series\":["
                    + each(
                            series,
                            (pod, dots) -> "{\"metric\":\"errors\",\"scope\":\"env:prod,pod:" + pod
                                    + "\",\"interval\":60,\"pointlist\":["
                                    + join(dots, (at, value) -> "[" + at.toEpochMilli() + ".0," + value + "]") + "]}")
                    + "],\"message\":\"\",\"group_by\":[]}";
        }

        @Override
        public String error(String sentence) {
            return "{\"errors\":[\"" + sentence + "\"]}";
        }

        @Override
        public String errorWithin200(String sentence) {
            return "{\"status\":\"error\",\"error\":\"" + sentence + "\",\"series\":[]}";
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/api/v1/query");
            assertThat(parameter(request, "query")).isEqualTo(query());
            assertThat(parameter(request, "from")).isEqualTo("" + from.getEpochSecond());
            assertThat(parameter(request, "to")).isEqualTo("" + to.getEpochSecond());
            assertThat(request.getHeader("DD-API-KEY")).isEqualTo("ap1-key");
            assertThat(request.getHeader("DD-APPLICATION-KEY")).isEqualTo("s3cret-token");
            assertThat(request.getHeader("Authorization")).isNull();
        }
    }

    /** docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial. */
    static class NewRelic implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.NEWRELIC;
        }

        @Override
        public String scope() {
            return "12345";
        }

        @Override
        public String query() {
            return "SELECT average(duration) FROM Transaction WHERE track = 'canary'";
        }

        @Override
        public String answer(List<List<Dot>> series) {
            return "{\"data\":{\"actor\":{\"account\":{\"nrql\":{\"results\":["
                    + each(
                            series,
                            (pod, dots) -> join(
                                    dots,
                                    (at, value) -> "{\"facet\":\"" + pod + "\",\"pod\":\"" + pod
                                            + "\",\"beginTimeSeconds\":" + at.getEpochSecond()
                                            + ",\"endTimeSeconds\":" + (at.getEpochSecond() + 60)
                                            + ",\"average.duration\":" + value + "}"))
                    + "]}}}}}";
        }

        @Override
        public String error(String sentence) {
            return "{\"errors\":[{\"message\":\"" + sentence + "\"}]}";
        }

        @Override
        public String errorWithin200(String sentence) {
            return "{\"data\":{\"actor\":{\"account\":{\"nrql\":null}}},\"errors\":[{\"message\":\"" + sentence
                    + "\",\"extensions\":{\"errorClass\":\"NRQL_SYNTAX_ERROR\"}}]}";
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/graphql");
            assertThat(request.getHeader("Api-Key")).isEqualTo("s3cret-token");
            assertThat(request.getBody().readUtf8())
                    .contains("\"account\":12345")
                    .contains("\"nrql\":\"" + query() + " SINCE " + from.toEpochMilli() + " UNTIL " + to.toEpochMilli()
                            + " TIMESERIES 60 seconds\"");
        }
    }

    /** docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html, AWS JSON 1.0. */
    static class CloudWatch implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.CLOUDWATCH;
        }

        @Override
        public String scope() {
            return "eu-west-1";
        }

        @Override
        public MetricSecret secret(String tokenUrl) {
            return new MetricSecret("AKIDEXAMPLE", "s3cret-token");
        }

        @Override
        public String query() {
            return "SUM(SEARCH('{AWS/ECS,Track} Track=\"canary\"', 'Sum'))";
        }

        @Override
        public String answer(List<List<Dot>> series) {
            return "{\"MetricDataResults\":["
                    + each(
                            series,
                            (pod, dots) -> "{\"Id\":\"q\",\"Label\":\"" + pod
                                    + "\",\"StatusCode\":\"Complete\",\"Timestamps\":["
                                    + join(dots, (at, value) -> at.getEpochSecond() / 1e9 + "E9") + "],\"Values\":["
                                    + join(dots, (at, value) -> value) + "]}")
                    + "],\"Messages\":[]}";
        }

        @Override
        public String error(String sentence) {
            return "{\"__type\":\"com.amazonaws.cloudwatch.v2010_08_01#ValidationError\",\"message\":\"" + sentence
                    + "\"}";
        }

        @Override
        public String errorWithin200(String sentence) {
            return "{\"MetricDataResults\":[{\"Id\":\"q\",\"StatusCode\":\"Forbidden\",\"Timestamps\":[],\"Values\":[],"
                    + "\"Messages\":[{\"Code\":\"Forbidden\",\"Value\":\"" + sentence + "\"}]}]}";
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/");
            assertThat(request.getHeader("X-Amz-Target")).isEqualTo("GraniteServiceVersion20100801.GetMetricData");
            assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-amz-json-1.0");
            assertThat(request.getHeader("Authorization"))
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/eu-west-1/monitoring/aws4_request, "
                            + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=");
            assertThat(request.getBody().readUtf8())
                    .contains("\"StartTime\":" + from.getEpochSecond() + ",\"EndTime\":" + to.getEpochSecond())
                    .contains("\"Expression\":\"SUM(SEARCH(")
                    .contains("\"Period\":60");
        }
    }

    /** docs.dynatrace.com/docs/dynatrace-api/environment-api/metric-v2/get-data-points. */
    static class Dynatrace implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.DYNATRACE;
        }

        @Override
        public String query() {
            return "builtin:service.errors.total.count:filter(eq(track,canary)):splitBy():sum";
        }

        @Override
        public String answer(List<List<Dot>> series) {
            return "{\"totalCount\":1,\"nextPageKey\":null,\"resolution\":\"1m\",\"result\":[{\"metricId\":\"m\",\"data\":["
                    + each(
                            series,
                            (pod, dots) -> "{\"dimensions\":[\"" + pod + "\"],\"dimensionMap\":{\"pod\":\"" + pod
                                    + "\"},\"timestamps\":["
                                    + join(
                                            dots,
                                            (at, value) ->
                                                    "" + at.plusSeconds(60).toEpochMilli())
                                    + "],\"values\":[" + join(dots, (at, value) -> value) + "]}")
                    + "]}]}";
        }

        @Override
        public String error(String sentence) {
            return "{\"error\":{\"code\":400,\"message\":\"Constraints violated.\",\"constraintViolations\":[{\"path\":"
                    + "\"metricSelector\",\"message\":\"" + sentence + "\",\"parameterLocation\":\"QUERY\"}]}}";
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/api/v2/metrics/query");
            assertThat(parameter(request, "metricSelector")).isEqualTo(query());
            assertThat(parameter(request, "resolution")).isEqualTo("1m");
            assertThat(parameter(request, "from")).isEqualTo("" + from.toEpochMilli());
            assertThat(parameter(request, "to")).isEqualTo("" + to.toEpochMilli());
            assertThat(request.getHeader("Authorization")).isEqualTo("Api-Token s3cret-token");
        }
    }

    /** Nobody's: what the configuration says. */
    static class Json implements Dialect {

        @Override
        public ServerKind kind() {
            return ServerKind.JSON;
        }

        @Override
        public String path() {
            return "api/$query/points?from=$from&to=$toMillis&step=$step";
        }

        @Override
        public JsonPlaces places() {
            return JsonPlaces.of(null, "$.points[*].value", "$.points[*].at");
        }

        @Override
        public String query() {
            return "errors/canary ?&\u00e4";
        }

        @Override
        public String answer(List<List<Dot>> series) {
            return "{\"points\":["
                    + each(
                            series,
                            (pod, dots) -> join(dots, (at, value) -> "{\"at\":\"" + at + "\",\"value\":" + value + "}"))
                    + "]}";
        }

        @Override
        public String error(String sentence) {
            return "{\"message\":\"" + sentence + "\"}";
        }

        /** Any JSON may be an answer without a point. */
        @Override
        public List<String> strange() {
            return List.of();
        }

        @Override
        public void check(RecordedRequest request, Instant from, Instant to) {
            assertThat(request.getPath())
                    .isEqualTo("/api/errors%2Fcanary%20%3F%26%C3%A4/points?from=" + from.getEpochSecond() + "&to="
                            + to.toEpochMilli() + "&step=60");
            assertThat(request.getHeader("Authorization")).isEqualTo("Bearer s3cret-token");
        }
    }
}
