package io.jenkins.plugins.rollback.acceptance;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** Two real Jenkins that share the ledger in a real PostgreSQL, set up as the documentation shows. */
final class TwoControllers extends ExternalResource {

    private static final String CASC = String.join(
            "\n",
            "credentials:",
            "  system:",
            "    domainCredentials:",
            "      - credentials:",
            "          - usernamePassword:",
            "              {scope: GLOBAL, id: ledger-database, description: ledger, username: postgres, password: postgres}",
            "unclassified:",
            "  releaseRollback:",
            "    sharedLedger:",
            "      url: jdbc:postgresql://127.0.0.1:%d/postgres",
            "      credentialsId: ledger-database",
            "    environments:",
            "      - name: production",
            "    claims:",
            "      - {service: shop, item: shop}",
            "");

    private final TemporaryFolder folder = new TemporaryFolder();
    private final JenkinsServer one = new JenkinsServer();
    private final JenkinsServer two = new JenkinsServer();
    private EmbeddedPostgres database;
    private int port;
    private boolean started;

    @Override
    protected void before() throws Throwable {
        JenkinsDist.require();
        folder.create();
        startDatabase();
        String casc = String.format(CASC, port);
        one.casc(casc).before();
        two.casc(casc).before();
        started = true;
    }

    @Override
    protected void after() {
        if (started) {
            one.end();
            two.end();
            stopDatabase();
            folder.delete();
        }
    }

    /** Starts the database, the first time or again, where it was and with what it had. */
    void startDatabase() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.getRoot().toPath().resolve("data"))
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60));
        database = (port == 0 ? builder : builder.setPort(port)).start();
        port = database.getPort();
    }

    void stopDatabase() {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JenkinsServer one() {
        return one;
    }

    JenkinsServer two() {
        return two;
    }

    /** A folder that both see. */
    Path folder() {
        return folder.getRoot().toPath();
    }
}
