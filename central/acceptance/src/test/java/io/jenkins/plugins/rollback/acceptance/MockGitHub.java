package io.jenkins.plugins.rollback.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of GitHub's REST API as the GitHub Branch Source plugin asks for to find branches and pull requests of the
 * repository {@code acme/shop}. What it answers comes from a git repository on disk; pull requests come from forks.
 */
final class MockGitHub implements AutoCloseable {

    /** Owner and name of the repository. */
    static final String REPOSITORY = "acme/shop";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CONTENTS = Pattern.compile("/repos/" + REPOSITORY + "/contents/?(.*)");
    private static final Pattern REF = Pattern.compile("/repos/" + REPOSITORY + "/git/refs?/(.*)");
    private static final Pattern COMMIT = Pattern.compile("/repos/" + REPOSITORY + "/commits/(\\p{XDigit}{40})");
    private static final Pattern PULL = Pattern.compile("/repos/" + REPOSITORY + "/pulls/(\\d+)");
    private static final Pattern USER = Pattern.compile("/users/(\\w+)");

    private final HttpServer http;
    private final GitRepository git;
    private final List<Map<String, Object>> branches = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> pulls = new CopyOnWriteArrayList<>();

    /** @param git what {@code acme/shop} holds */
    MockGitHub(GitRepository git) throws IOException {
        this.git = git;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        http.createContext("/", this::serve);
        http.start();
    }

    /** @return the address of the API, without a slash at its end */
    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Shows a branch of the repository on disk. */
    MockGitHub branch(String name) throws IOException {
        String commit = git.commitOf("refs/heads/" + name);
        branches.add(Map.of("name", name, "protected", false, "commit", Map.of("sha", commit, "url", url() + "/none")));
        return this;
    }

    /** Opens a pull request against {@code main}: somebody's {@code main} in a fork, here as {@code refs/pull/N/head}. */
    MockGitHub pullRequest(int number, String author) throws IOException {
        Map<String, Object> base = Map.of(
                "ref",
                "main",
                "sha",
                git.commitOf("refs/heads/main"),
                "user",
                user("acme"),
                "repo",
                repository("acme"));
        Map<String, Object> head = Map.of(
                "ref",
                "main",
                "sha",
                git.commitOf("refs/pull/" + number + "/head"),
                "user",
                user(author),
                "repo",
                repository(author));
        Map<String, Object> pull = new HashMap<>(Map.of("number", number, "state", "open", "mergeable", true));
        pull.putAll(Map.of("title", "Better words", "body", "", "user", user(author), "base", base, "head", head));
        pull.put("html_url", url() + "/" + REPOSITORY + "/pull/" + number);
        pulls.add(pull);
        return this;
    }

    private Object answer(String path, String query) throws IOException {
        if (path.equals("/")) {
            return Map.of("rate_limit_url", url() + "/rate_limit");
        }
        if (path.equals("/repos/" + REPOSITORY)) {
            return repository("acme");
        }
        if (path.equals("/repos/" + REPOSITORY + "/branches")) {
            return branches;
        }
        if (path.equals("/repos/" + REPOSITORY + "/pulls")) {
            return pulls;
        }
        Matcher matcher = PULL.matcher(path);
        if (matcher.matches()) {
            int number = Integer.parseInt(matcher.group(1));
            return pulls.stream()
                    .filter(pull -> pull.get("number").equals(number))
                    .findFirst()
                    .orElse(null);
        }
        matcher = USER.matcher(path);
        if (matcher.matches()) {
            return user(matcher.group(1));
        }
        matcher = COMMIT.matcher(path);
        if (matcher.matches()) {
            Map<String, String> now = Map.of("date", "2026-01-01T00:00:00Z", "name", "Test", "email", "t@example.com");
            return Map.of(
                    "sha", matcher.group(1), "commit", Map.of("author", now, "committer", now, "message", "Change"));
        }
        matcher = REF.matcher(path);
        if (matcher.matches()) {
            String ref = "refs/" + matcher.group(1);
            return Map.of("ref", ref, "object", Map.of("type", "commit", "sha", git.commitOf(ref)));
        }
        matcher = CONTENTS.matcher(path);
        if (matcher.matches()) {
            return contents(matcher.group(1), query.replace("ref=", "").replace("%2F", "/"));
        }
        return null;
    }

    private Object contents(String file, String revision) throws IOException {
        if (!file.isEmpty()) {
            return content(file, git.read(revision, file));
        }
        List<Object> files = new ArrayList<>();
        for (String name : git.files(revision)) {
            files.add(content(name, ""));
        }
        return files;
    }

    private Map<String, Object> content(String path, String text) {
        return Map.of(
                "type",
                "file",
                "encoding",
                "base64",
                "name",
                path,
                "path",
                path,
                "size",
                text.length(),
                "url",
                url() + "/repos/" + REPOSITORY + "/contents/" + path,
                "content",
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, Object> user(String login) {
        return Map.of("login", login, "id", login.hashCode(), "type", "User", "html_url", url() + "/" + login);
    }

    private Map<String, Object> repository(String owner) {
        return Map.of(
                "id",
                ("shop of " + owner).hashCode(),
                "name",
                "shop",
                "full_name",
                owner + "/shop",
                "owner",
                user(owner),
                "private",
                false,
                "default_branch",
                "main",
                "url",
                url() + "/repos/" + owner + "/shop",
                "html_url",
                url() + "/" + owner + "/shop");
    }

    private void serve(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Object answer = null;
        try {
            answer = answer(exchange.getRequestURI().getPath(), query == null ? "" : query);
        } catch (IOException e) {
            answer = null; // no such thing in the repository
        }
        byte[] body = JSON.writeValueAsBytes(answer == null ? Map.of("message", "Not Found") : answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
