package io.jenkins.plugins.rollback.engine.ledger.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/** A real PostgreSQL with a data directory of its own, which can be stopped and started again on the same port. */
public final class PostgresServer extends ExternalResource {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static final File MEMORY = new File("/dev/shm");

    private final TemporaryFolder folder;
    private EmbeddedPostgres server;
    private Path data;
    private int port;

    /** With its data in memory where there is any: quick, and forced to nothing. */
    public PostgresServer() {
        this(MEMORY.canWrite() ? MEMORY : null);
    }

    private PostgresServer(File parent) {
        folder = new TemporaryFolder(parent);
    }

    /** With its data on the disk, for tests of what survives. */
    public static PostgresServer onDisk() {
        return new PostgresServer(null);
    }

    @Override
    protected void before() throws Throwable {
        folder.create();
        data = folder.getRoot().toPath().resolve("data");
        start();
    }

    /** Starts it again, with what is there. */
    public void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("unix_socket_directories", "''") // their lock files outlive a crash, as the one below
                .setPGStartupWait(Duration.ofSeconds(60));
        server = (port == 0 ? builder : builder.setPort(port)).start();
        port = server.getPort();
    }

    /** Stops it; clients lose their connections. */
    public void stop() throws IOException {
        server.close();
    }

    /** Kills it with SIGKILL; what it had committed is on the disk, or it was lying. */
    public void crash() throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).get(0)))
                .orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(postmaster);
        all.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("the server is dead").atMost(Duration.ofSeconds(30)).until(() -> all.stream()
                .noneMatch(PostgresServer::runs));
        // where nobody takes in the orphans it still has its number, which a new server would believe to be a server
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        server.close(); // lets go of its own lock on the directory; there is nothing left to stop
    }

    /** In a container whose first process takes in no orphans, who was killed stays a zombie and is "alive" for ever. */
    private static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return process.isAlive(); // gone meanwhile, or a system without /proc
        }
    }

    /** Where and as whom, in a schema that is new at each call: tests do not see each other's ledgers. */
    public Database database() throws SQLException {
        String schema = "ledger" + SCHEMAS.incrementAndGet();
        execute(new Database(url(), "postgres", "postgres"), "CREATE SCHEMA " + schema);
        return new Database(url() + "?currentSchema=" + schema, "postgres", "postgres");
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** What an administrator of the database, or somebody who took it over, may do. */
    public static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = Connections.open(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    protected void after() {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            if (Files.exists(data)) {
                folder.delete();
            }
        }
    }
}
