package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A git repository on disk, made by the {@code git} command as anybody would. */
final class GitRepository {

    private final Path folder;

    /** @param folder is made; the branch is {@code main} */
    GitRepository(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        git("init", "--quiet", "--initial-branch=main");
    }

    /** @return what a clone may be made from */
    String url() {
        return folder.toUri().toString();
    }

    /**
     * Writes files and commits them; scripts are made executable.
     *
     * @param files text by path
     */
    GitRepository commit(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".sh") && !path.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + path + " executable");
            }
        }
        git("add", "--all");
        git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", "Change");
        return this;
    }

    /** Makes a branch of what is checked out, and checks it out. */
    GitRepository branch(String name) throws IOException {
        git("checkout", "--quiet", "-b", name);
        return this;
    }

    /** Checks a branch out. */
    GitRepository switchTo(String branch) throws IOException {
        git("checkout", "--quiet", branch);
        return this;
    }

    /** Lets a reference, for example {@code refs/pull/1/head}, name the commit that is checked out. */
    GitRepository ref(String name) throws IOException {
        git("update-ref", name, "HEAD");
        return this;
    }

    /** @return the commit that a reference names */
    String commitOf(String reference) throws IOException {
        return git("rev-parse", "--verify", "--quiet", reference).trim();
    }

    /** @return a file's text in a revision */
    String read(String revision, String file) throws IOException {
        return git("show", revision + ":" + file);
    }

    /** @return names of the files at the top of a revision */
    List<String> files(String revision) throws IOException {
        return git("ls-tree", "--name-only", revision).lines().collect(Collectors.toList());
    }

    private String git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
