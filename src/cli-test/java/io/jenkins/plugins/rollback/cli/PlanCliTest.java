package io.jenkins.plugins.rollback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PlanCliTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path services;

    @Before
    public void file() throws Exception {
        services = folder.newFile("services.yaml").toPath();
        Files.writeString(
                services,
                """
                services:
                  web: {deployed: "7", calls: [shop]}
                  shop: {deployed: "2", lastGood: "1", calls: [stock], worksWith: {stock: {"2": "2", "1": "*"}}}
                  stock: {deployed: "2", lastGood: "1"}
                """);
    }

    private Cli plan(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "plan";
        args[1] = "--services";
        args[2] = services.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Cli.run(args);
    }

    @Test
    public void saysWhatGoesBackInWhichOrderAndWhoNotices() throws Exception {
        Cli plan = plan("--service", "stock", "--json");
        assertThat(plan.status).as(plan.err).isZero();
        assertThat(plan.json().path("waves").toString()).isEqualTo("[[\"shop\"],[\"stock\"]]");
        assertThat(plan.json().path("affected").toString()).isEqualTo("[\"web\"]");
        assertThat(plan.json().path("feasibility").toString())
                .contains("\"item\":\"artifact shop/1\",\"level\":\"risk\"");

        Cli text = plan("--service", "stock");
        assertThat(text.out).contains("wave 1: shop 2 -> 1").contains("affected: web (web calls shop)");
    }

    @Test
    public void looksIntoTheVault() throws Exception {
        String store = folder.getRoot().toPath().resolve("store").toString();
        Path jar = Files.writeString(folder.newFile("shop.jar").toPath(), "the shop");
        Cli.run("vault", "put", "--store", store, "--release", "shop/1", jar.toString());

        Cli there = plan("--service", "shop", "--store", store);
        assertThat(there.status).as(there.err).isZero();
        assertThat(there.out).contains("artifact shop/1: restorable: 8 bytes were read just now");

        Cli missing = plan("--service", "stock", "--store", store, "--html", folder.getRoot() + "/report.html");
        assertThat(missing.status).isEqualTo(1);
        assertThat(missing.out)
                .contains("blocker  artifact stock/1: is not in the vault")
                .contains("going back is blocked");
        assertThat(Path.of(folder.getRoot() + "/report.html")).content().contains("is not in the vault");
    }

    @Test
    public void theLedgerKnowsBetterThanTheFile() throws Exception {
        String ledger = folder.getRoot().toPath().resolve("ledger").toString();
        StringBuilder events = new StringBuilder();
        for (String version : new String[] {"8", "9"}) {
            events.append(event("release.retained", version, "'manifest':'" + version.repeat(64) + "'"));
            events.append(event("deployment.started", version, "'deployment':'dp-7ZK3N0QW8RTX5M2" + version + "'"));
            events.append(event("deployment.succeeded", version, "'deployment':'dp-7ZK3N0QW8RTX5M2" + version + "'"));
        }
        String input = events.toString().replace('\'', '"');
        Cli append = Cli.runWith(input, "ledger", "append", "--ledger", ledger, "--origin", "plan.test/1");
        assertThat(append.status).as(append.err).isZero();
        Cli plan = plan("--service", "stock", "--ledger", ledger, "--environment", "production", "--json");
        assertThat(plan.status).as(plan.err).isZero();
        assertThat(plan.json().path("moves").toString()).contains("\"service\":\"stock\",\"from\":\"9\",\"to\":\"8\"");
    }

    private static String event(String kind, String version, String data) {
        return String.format(
                "{'kind':'%s','service':'stock','environment':'production','release':'%s','data':{%s}}%n",
                kind, version, data);
    }

    @Test
    public void badInputIsNamedInOneLine() throws Exception {
        assertBad("there is no service 'nobody'", "--service", "nobody");
        assertBad("--ledger and --environment go together", "--service", "shop", "--ledger", "x");
        assertBad(
                "there is no ledger in",
                "--service",
                "shop",
                "--ledger",
                folder.getRoot() + "/x",
                "--environment",
                "p");
        assertBad("there is no vault in", "--service", "shop", "--store", folder.getRoot() + "/x");
        assertBad("--to: version '../1' is not a valid name", "--service", "shop", "--to", "../1");
        Files.writeString(services, "services: {a: {calls: [b], tier: x}}");
        assertBad("no service 'b'", "--service", "a");
        assertBad("tier must be a whole number", "--service", "a");
        Files.delete(services);
        assertBad("no such file or folder", "--service", "a");
    }

    private void assertBad(String message, String... args) {
        Cli plan = plan(args);
        assertThat(plan.status).as(plan.err).isEqualTo(2);
        assertThat(plan.err.strip()).contains(message).doesNotContain("\n");
        assertThat(plan.out).isEmpty();
    }
}
