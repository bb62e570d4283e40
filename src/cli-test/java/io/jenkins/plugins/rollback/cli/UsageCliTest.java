package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

/** Wrong usage: status 2, one clear line on standard error, nothing on standard output. */
public class UsageCliTest {

    private static void assertWrong(String message, String... args) {
        Cli cli = Cli.run(args);
        assertThat(cli.status).as(cli.err).isEqualTo(2);
        assertThat(cli.out).isEmpty();
        assertThat(cli.err.lines()).as(cli.err).hasSize(1);
        assertThat(cli.err).contains(message);
    }

    @Test
    public void saysWhatIsWrong() {
        assertWrong("a subcommand is missing; see rollback --help");
        assertWrong("Unmatched argument", "fly");
        assertWrong("a subcommand is missing: put, get, list, verify or gc", "vault");
        assertWrong(
                "a subcommand is missing: append, verify, show, prove, person, export, retain, hold, rotate-key"
                        + " or new-epoch",
                "ledger");
        assertWrong("Missing required option", "vault", "list");
        assertWrong("'ten' is not a long", "drill", "--seed", "ten");
        assertWrong(
                "no scenario 'worst-canary'; known scenarios: bad-canary, healthy-canary",
                "drill",
                "--scenario",
                "worst-canary");
        assertWrong(
                "--with: a drill cannot go through 'nginx'; known systems: haproxy, prometheus",
                "drill",
                "--with",
                "nginx");
        assertWrong("--report: cannot make the folder /dev/null/x", "drill", "--report", "/dev/null/x");
        assertWrong(
                "--release: release 'shop' is not of the form service/version",
                "vault",
                "get",
                "--store",
                "/tmp",
                "--release",
                "shop",
                "--into",
                "x");
    }

    @Test
    public void helpIsNoError() {
        Cli cli = Cli.run("drill", "--help");

        assertThat(cli.status).isZero();
        assertThat(cli.err).isEmpty();
        assertThat(cli.out).contains("--scenario", "--seed", "--report", "--with", "--json");
    }
}
