package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Requests as vendors want them. */
final class Requests {

    private Requests() {}

    /** @param parameters names and values in turn; they are encoded */
    static Request get(HttpUrl base, String path, String... parameters) {
        HttpUrl.Builder url = base.newBuilder().addPathSegments(path);
        for (int i = 0; i < parameters.length; i += 2) {
            url.addQueryParameter(parameters[i], parameters[i + 1]);
        }
        return new Request.Builder()
                .url(url.build())
                .header("Accept", "application/json")
                .build();
    }

    static Request post(HttpUrl url, JsonNode body) {
        return post(url, body.toString(), "application/json");
    }

    /** @param type the content type; nothing is added to it, because a signature may cover it */
    static Request post(HttpUrl url, String body, String type) {
        return new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8), MediaType.get(type)))
                .build();
    }
}
