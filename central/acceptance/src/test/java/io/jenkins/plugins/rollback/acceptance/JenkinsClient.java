package io.jenkins.plugins.rollback.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** HTTP as one user: a session with a crumb, like a browser's, so that nothing is tested past the CSRF protection. */
public final class JenkinsClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final String user;
    private final HttpClient http;
    private String[] crumb;

    /**
     * @param base the address of Jenkins with a slash at its end
     * @param user whose password is the name; null for nobody
     */
    JenkinsClient(String base, String user) {
        this.base = base;
        this.user = user;
        this.http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body the text
     * @param location the Location header, or the empty text
     */
    public record Reply(int status, String body, String location) {

        /** @return this, when the status is below 400 */
        public Reply ok() {
            if (status >= 400) {
                throw new IllegalStateException("status " + status + ": " + body);
            }
            return this;
        }

        /** @return the body as JSON */
        public JsonNode json() {
            try {
                return JSON.readTree(ok().body());
            } catch (IOException e) {
                throw new IllegalStateException("no JSON: " + body, e);
            }
        }
    }

    /** @return what GET of a path below Jenkins' address answers; redirects are not followed */
    public Reply get(String path) {
        return send(request(path).GET());
    }

    /** @return what POST of form fields answers; the crumb is added */
    public Reply post(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return post(path, "application/x-www-form-urlencoded", body);
    }

    /** @return what POST of a body answers; the crumb is added */
    public Reply post(String path, String contentType, String body) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body));
        if (user != null) {
            if (crumb == null) {
                JsonNode issued = get("crumbIssuer/api/json").json();
                crumb = new String[] {
                    issued.get("crumbRequestField").asText(),
                    issued.get("crumb").asText()
                };
            }
            request.header(crumb[0], crumb[1]);
        }
        return send(request);
    }

    /**
     * Runs Groovy in the controller; for setting up and for looking, never for what the test is about.
     *
     * @param groovy the script
     * @return what it printed
     */
    public String script(String groovy) {
        return post("scriptText", Map.of("script", groovy)).ok().body();
    }

    /** @return a job by its path of names, folders first, for example {@code team/checkout} */
    public Job job(String fullName) {
        return new Job(this, fullName);
    }

    private HttpRequest.Builder request(String path) {
        String address = path.startsWith("http") ? path : base + path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(60));
        if (user != null) {
            String login = user + ":" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(""));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
