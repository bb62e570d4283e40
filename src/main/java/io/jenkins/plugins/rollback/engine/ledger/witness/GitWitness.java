package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A branch of a Git repository, one commit a checkpoint in the file {@code checkpoint}: its history is itself a record
 * of what was seen when, and a host that refuses forced pushes keeps it. The push is never forced, so of two ledgers
 * that publish to one branch the second is refused.
 *
 * <p>Uses the {@code git} program by its plumbing commands: it brings every transport and the user's own credential
 * helpers, and needs no work tree; a Java implementation would be bundled for these five commands alone.
 */
public final class GitWitness implements Witness {

    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,100}");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MOST = 16_384;
    private static final String SEEN = "refs/witness/seen";

    private final Path cache;
    private final String remote;
    private final String branch;
    private final Headers headers;
    private final Duration timeout;

    /** Without credentials but those that {@code git} finds by itself. */
    public GitWitness(Path cache, String remote, String branch) {
        this(cache, remote, branch, Map::of);
    }

    /**
     * @param cache a folder of our own, made when missing, for a bare repository
     * @param remote URL or path
     * @param branch in it; made when missing
     * @param headers asked for at each run of {@code git}, sent with every HTTP request to this remote and nowhere else,
     *     for example {@code Authorization}; they appear in no message and on no command line
     */
    public GitWitness(Path cache, String remote, String branch, Headers headers) {
        this(cache, remote, branch, headers, TIMEOUT);
    }

    GitWitness(Path cache, String remote, String branch, Headers headers, Duration timeout) {
        if (remote.startsWith("-") || remote.contains("::") || remote.isBlank()) { // an option, or a command to run
            throw new IllegalArgumentException("'" + remote + "' is no address of a Git repository");
        }
        if (!BRANCH.matcher(branch).matches() || branch.contains("..") || branch.endsWith("/")) {
            throw new IllegalArgumentException("'" + branch + "' is no name for a branch");
        }
        this.cache = cache.toAbsolutePath();
        this.remote = remote;
        this.branch = branch;
        this.headers = headers;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return remote.replaceFirst("//[^/@]*@", "//") + " (" + branch + ")";
    }

    @Override
    public Optional<String> last() throws IOException {
        return fetch() ? Optional.of(git(null, "cat-file", "blob", SEEN + ":checkpoint")) : Optional.empty();
    }

    @Override
    public void keep(String note) throws IOException {
        boolean there = fetch();
        String blob = git(note, "hash-object", "-w", "--stdin").strip();
        String tree = git("100644 blob " + blob + "\tcheckpoint\n", "mktree").strip();
        List<String> commit = new ArrayList<>(List.of(
                "commit-tree",
                tree,
                "-m",
                "Checkpoint " + note.lines().skip(1).findFirst().orElse("")));
        if (there) {
            commit.addAll(List.of("-p", SEEN));
        }
        String made = git(null, commit.toArray(String[]::new)).strip();
        git(null, "push", "--quiet", remote, made + ":refs/heads/" + branch);
    }

    /** @return whether the branch is there */
    private boolean fetch() throws IOException {
        if (!Files.isDirectory(cache.resolve("objects"))) {
            Files.createDirectories(cache);
            git(null, "init", "--quiet", "--bare", ".");
        }
        if (git(null, "ls-remote", "--heads", remote, "refs/heads/" + branch).isBlank()) {
            return false;
        }
        git(null, "fetch", "--quiet", "--no-tags", remote, "+refs/heads/" + branch + ":" + SEEN);
        return true;
    }

    /** By the environment, which only processes of the same user can read. There may be settings of this kind already. */
    private void settings(Map<String, String> environment) throws IOException {
        int count = Integer.parseInt(environment.getOrDefault("GIT_CONFIG_COUNT", "0"));
        for (Map.Entry<String, String> header : headers.get().entrySet()) {
            environment.put("GIT_CONFIG_KEY_" + count, "http." + remote + ".extraHeader");
            environment.put("GIT_CONFIG_VALUE_" + count++, header.getKey() + ": " + header.getValue());
            environment.put("GIT_CONFIG_KEY_" + count, "http.followRedirects"); // it would take the header elsewhere
            environment.put("GIT_CONFIG_VALUE_" + count++, "false");
        }
        environment.put("GIT_CONFIG_COUNT", String.valueOf(count));
    }

    private String git(String input, String... args) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=release-rollback", "-c", "user.email=release-rollback@localhost"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(cache.toFile());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0"); // nobody is there to answer
        builder.environment().keySet().removeAll(List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"));
        settings(builder.environment());
        Path errors = Files.createTempFile("git-witness", ".err");
        Path said = Files.createTempFile("git-witness", ".out"); // a file: reading a pipe would outwait the timeout
        Process process = builder.redirectOutput(said.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                if (input != null) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                }
            }
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(name() + ": git " + args[0] + " takes more than " + timeout.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                String why = Files.readString(errors).lines().findFirst().orElse("");
                throw new IOException(name() + ": git " + args[0] + " ended with " + process.exitValue() + ": " + why);
            }
            try (InputStream out = Files.newInputStream(said)) {
                return new String(out.readNBytes(MOST), StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name() + ": interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // the transport's
            process.destroyForcibly();
            Files.deleteIfExists(errors);
            Files.deleteIfExists(said);
        }
    }
}
