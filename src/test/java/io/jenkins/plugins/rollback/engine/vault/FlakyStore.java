package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.store.Blob;
import io.jenkins.plugins.rollback.engine.vault.store.BlobSource;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import io.jenkins.plugins.rollback.engine.vault.store.StoreException;
import io.jenkins.plugins.rollback.engine.vault.store.StoredRelease;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that does not answer when it is told not to. */
final class FlakyStore implements ObjectStore {

    private final ObjectStore store;
    private volatile boolean away;

    FlakyStore(ObjectStore store) {
        this.store = store;
    }

    void setAway(boolean away) {
        this.away = away;
    }

    private ObjectStore asked() throws IOException {
        if (away) {
            throw new StoreException(name(), "it gave no answer in time");
        }
        return store;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public boolean has(String service, Blob blob) throws IOException {
        return asked().has(service, blob);
    }

    @Override
    public void put(String service, Blob blob, BlobSource source) throws IOException {
        asked().put(service, blob, source);
    }

    @Override
    public InputStream open(String service, Blob blob) throws IOException {
        return asked().open(service, blob);
    }

    @Override
    public Optional<StoredRelease> find(ReleaseId id) throws IOException {
        return asked().find(id);
    }

    @Override
    public void publish(StoredRelease release) throws IOException {
        asked().publish(release);
    }

    @Override
    public List<ReleaseId> releases() throws IOException {
        return asked().releases();
    }

    @Override
    public void drop(ReleaseId id) throws IOException {
        asked().drop(id);
    }

    @Override
    public long sweep(Instant before) throws IOException {
        return asked().sweep(before);
    }

    @Override
    public void check() throws IOException {
        asked().check();
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
