package io.jenkins.plugins.rollback.engine.vault.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Answers a registry that wants to know who asks: with user and password, or with a token that it fetches where the
 * registry says ({@code WWW-Authenticate: Bearer}).
 */
final class OciAuth {

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long LARGEST_TOKEN = 1 << 20;

    private final String store;
    private final HttpUrl registry;
    private final StoreSecret.Reader secrets;
    private final OkHttpClient client;

    /** What a repository's requests carry, by the repository; forgotten when it is refused. */
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();

    OciAuth(String store, HttpUrl registry, StoreSecret.Reader secrets, OkHttpClient client) {
        this.store = store;
        this.registry = registry;
        this.secrets = secrets;
        this.client = client;
    }

    /** What a request carries that was not challenged, or {@code null} for nothing. */
    String known(String repository) {
        return authorizations.get(repository);
    }

    /**
     * Answers a challenge.
     *
     * @param repository the answer is kept for the next requests to it
     * @param refused the registry's answer of status 401
     * @return what the next request carries, or {@code null} when there is nothing better to show
     */
    String answer(String repository, Response refused) throws IOException {
        StoreSecret secret = secrets.read();
        String challenge = refused.header("WWW-Authenticate", "");
        String carried = refused.request().header("Authorization");
        String answer = null;
        if (challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
            answer = "Bearer " + token(parameters(challenge), secret);
        } else if (challenge.regionMatches(true, 0, "Basic", 0, 5) && secret != null) {
            answer = Credentials.basic(secret.user(), secret.secret());
        }
        if (answer == null || answer.equals(carried)) {
            authorizations.remove(repository);
            return null;
        }
        authorizations.put(repository, answer);
        return answer;
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> parameters = new HashMap<>();
        for (Matcher matcher = PARAMETER.matcher(challenge); matcher.find(); ) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        return parameters;
    }

    private String token(Map<String, String> challenge, StoreSecret secret) throws IOException {
        HttpUrl realm = HttpUrl.parse(challenge.getOrDefault("realm", ""));
        // whoever could read or change what the registry says must not get the password
        if (realm == null || registry.isHttps() && !realm.isHttps()) {
            throw new StoreException(store, "it sends us for a token to an address that is not https");
        }
        HttpUrl.Builder url = realm.newBuilder();
        for (String name : new String[] {"service", "scope"}) {
            if (challenge.containsKey(name)) {
                url.addQueryParameter(name, challenge.get(name));
            }
        }
        Request.Builder request = new Request.Builder().url(url.build());
        if (secret != null) {
            request.header("Authorization", Credentials.basic(secret.user(), secret.secret()));
        }
        try (Response response = client.newCall(request.build()).execute();
                ResponseBody body = response.body()) {
            if (!response.isSuccessful()) {
                throw new StoreException(
                        store, "its token server answered HTTP " + response.code() + ": the credentials are refused");
            }
            JsonNode json = MAPPER.readTree(body.byteStream().readNBytes((int) LARGEST_TOKEN));
            String token = json.path("token").asText(json.path("access_token").asText(""));
            if (!token.matches("[\\x21-\\x7e]+")) {
                throw new StoreException(store, "its token server answered without a token");
            }
            return token;
        }
    }
}
