package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okio.Buffer;
import org.junit.Test;

/** A query cannot leave the gap that an administrator left for it. */
public class JsonTemplateTest {

    private static final Instant TO = Instant.ofEpochSecond(1_000_060);

    @Test
    public void aQueryStaysWithinItsParameter() {
        Request request = fill("http://m.example.org/v?q=$query&limit=1", null, "x&limit=9#?=%26");
        assertThat(request.url().queryParameter("q")).isEqualTo("x&limit=9#?=%26");
        assertThat(request.url().queryParameterValues("limit")).containsExactly("1");
        assertThat(request.url().fragment()).isNull();
        assertThat(request.method()).isEqualTo("GET");
    }

    @Test
    public void aQueryStaysWithinItsPartOfThePath() {
        assertThat(fill("http://m.example.org/a/$query/b", null, "../../admin")
                        .url()
                        .toString())
                .isEqualTo("http://m.example.org/a/..%2F..%2Fadmin/b");
        for (String query : new String[] {"..", "."}) {
            assertThatThrownBy(() -> fill("http://m.example.org/a/$query/b", null, query))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no part of a path");
        }
    }

    @Test
    public void aQueryStaysWithinItsQuotes() throws Exception {
        Request request = fill(
                "http://m.example.org/find",
                "{\"q\": \"$query\", \"to\": $toMillis, \"by\": $step}",
                "a\",\"b\":\"\\\n");
        Buffer body = new Buffer();
        request.body().writeTo(body);
        assertThat(body.readUtf8())
                .isEqualTo("{\"q\": \"a\\\",\\\"b\\\":\\\"\\\\\\n\", \"to\": 1000060000, \"by\": 60}");
        assertThat(request.method()).isEqualTo("POST");
    }

    @Test
    public void gapsWithinAQueryAreNotFilled() {
        assertThat(fill("http://m.example.org/?q=$query&f=$from", null, "$from $to")
                        .url()
                        .query())
                .isEqualTo("q=$from $to&f=1000000");
    }

    @Test
    public void anAddressWithoutAQueryIsRefused() {
        assertThatThrownBy(() -> fill("http://m.example.org/?q=$queryx", null, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$query");
    }

    private static Request fill(String url, String body, String query) {
        return new JsonTemplate(HttpUrl.get(url), body).fill(query, TO.minusSeconds(60), TO, Duration.ofMinutes(1));
    }
}
