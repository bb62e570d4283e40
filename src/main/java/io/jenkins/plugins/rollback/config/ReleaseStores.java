package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import io.jenkins.plugins.rollback.engine.vault.StoredVault;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import io.jenkins.plugins.rollback.engine.vault.store.FolderStore;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import io.jenkins.plugins.rollback.engine.vault.store.OciSettings;
import io.jenkins.plugins.rollback.engine.vault.store.OciStore;
import io.jenkins.plugins.rollback.engine.vault.store.S3Settings;
import io.jenkins.plugins.rollback.engine.vault.store.S3Store;
import io.jenkins.plugins.rollback.engine.vault.store.StoreSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Opens the vault that is configured: in files, or with a store beside it. */
final class ReleaseStores {

    static final String S3 = "s3";
    static final String OCI = "oci";
    static final String FOLDER = "folder";

    /** The region when none is given. */
    static final String REGION = "us-east-1";

    private static final long MEGABYTE = 1_000_000;

    private ReleaseStores() {}

    /**
     * Opens the vault. A store that does not answer now is no reason not to.
     *
     * @param folder of the vault
     * @param config or {@code null} for files alone
     */
    static Vault open(Path folder, ReleaseStoreConfig config) throws IOException {
        if (config == null) {
            return FileVault.open(folder);
        }
        return StoredVault.open(
                folder,
                store(config),
                config.toUse(),
                config.getCacheMegabytes() * MEGABYTE,
                copying(),
                Clock.systemUTC());
    }

    /** One thread of its own, as copying may take hours; it ends when there is nothing to do. */
    private static Executor copying() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "Release Rollback: copying to the release store");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** @throws IllegalArgumentException naming what is wrong */
    static void check(ReleaseStoreConfig config) {
        switch (String.valueOf(config.getKind())) {
            case S3 -> s3(config);
            case OCI -> oci(config);
            case FOLDER -> folder(config);
            default -> throw new IllegalArgumentException(Messages.ReleaseStore_kind(config.getKind()));
        }
    }

    /** Makes the client; nothing is asked yet. */
    static ObjectStore store(ReleaseStoreConfig config) throws IOException {
        check(config);
        return switch (config.getKind()) {
            case S3 -> new S3Store(s3(config), secrets(config.getCredentialsId()), Clock.systemUTC());
            case OCI -> new OciStore(oci(config), secrets(config.getCredentialsId()));
            default -> new FolderStore(folder(config));
        };
    }

    private static S3Settings s3(ReleaseStoreConfig config) {
        String location = String.valueOf(config.getLocation());
        int slash = location.indexOf('/');
        String prefix = slash < 0 ? "" : location.substring(slash + 1);
        if (config.getEndpoint() != null) {
            requireUrl(config.getEndpoint());
        }
        return new S3Settings(
                slash < 0 ? location : location.substring(0, slash),
                prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + '/',
                config.getRegion() == null ? REGION : config.getRegion(),
                config.getEndpoint() == null ? null : URI.create(config.getEndpoint()),
                config.getEncryption() == null ? "" : config.getEncryption(),
                config.getKmsKey() == null ? "" : config.getKmsKey(),
                config.getLockDays(),
                S3Settings.PATIENCE);
    }

    private static OciSettings oci(ReleaseStoreConfig config) {
        String location = String.valueOf(config.getLocation());
        requireUrl(location);
        URI uri = URI.create(location);
        String path = uri.getPath().replaceFirst("^/", "");
        return new OciSettings(uri.resolve("/"), path, S3Settings.PATIENCE);
    }

    private static void requireUrl(String url) {
        String problem = Checks.urlProblem(url);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static Path folder(ReleaseStoreConfig config) {
        try {
            Path path = Path.of(String.valueOf(config.getLocation()));
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(Messages.Witness_path(config.getLocation()), e);
        }
        throw new IllegalArgumentException(Messages.Witness_path(config.getLocation()));
    }

    private static StoreSecret.Reader secrets(String credentialsId) {
        return credentialsId == null
                ? StoreSecret.Reader.NONE
                : () -> Secrets.find(credentialsId, StandardUsernamePasswordCredentials.class)
                        .map(found -> new StoreSecret(
                                found.getUsername(), found.getPassword().getPlainText()))
                        .orElseThrow(() -> new IOException(Messages.SharedLedger_noCredentials(credentialsId)));
    }
}
