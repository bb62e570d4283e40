package io.jenkins.plugins.rollback.cli;

import picocli.CommandLine.Option;

/** The option that every command with a result has. */
final class JsonOption {

    @Option(names = "--json", description = "Print the result as JSON on standard output, all else on standard error.")
    private boolean json;

    boolean wanted() {
        return json;
    }
}
