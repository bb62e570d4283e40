package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import io.jenkins.plugins.rollback.engine.vault.store.StoredRelease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Repairs the folder from the store, and the store from the folder. */
final class StoreHealer {

    private static final Logger LOGGER = Logger.getLogger(StoreHealer.class.getName());

    private final FileVault local;
    private final VaultLayout layout;
    private final ObjectStore store;
    private final StoreReader reader;
    private final StoreWriter writer;
    private final Lock copying;
    private volatile List<String> healed = List.of();

    /** @param copying held while files travel, release by release */
    StoreHealer(FileVault local, ObjectStore store, StoreReader reader, StoreWriter writer, Lock copying) {
        this.local = local;
        this.layout = local.layout();
        this.store = store;
        this.reader = reader;
        this.writer = writer;
        this.copying = copying;
    }

    /** What the last {@link #verify} repaired. */
    List<String> healed() {
        return healed;
    }

    /**
     * Reads the folder again and repairs what is damaged.
     *
     * @return what is still wrong
     */
    List<VaultFault> verify(Pace pace) throws IOException {
        List<VaultFault> faults = local.verify(pace);
        healed = List.of();
        if (faults.isEmpty()) {
            return faults;
        }
        Set<ReleaseId> concerned = new TreeSet<>();
        faults.stream().filter(fault -> fault.release() != null).forEach(fault -> concerned.add(fault.release()));
        for (ReleaseId id : concerned) {
            try {
                repair(id);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "Release " + id + " could not be repaired from " + store.name());
            }
        }
        List<VaultFault> left = local.verify(pace);
        List<String> gone = new ArrayList<>();
        faults.stream()
                .filter(fault -> !left.contains(fault))
                .forEach(fault -> gone.add(fault + "; repaired from " + store.name()));
        healed = List.copyOf(gone);
        gone.forEach(LOGGER::warning);
        return left;
    }

    private void repair(ReleaseId id) throws IOException {
        copying.lock();
        try {
            Optional<StoredRelease> stored = store.find(id);
            if (stored.isPresent()) {
                reader.fetch(stored.get(), file -> !isSound(file, stored.get()));
                bring(stored.get());
            }
        } finally {
            copying.unlock();
        }
    }

    /** Whether a file needs no repair, as far as it tells by itself: a pack tells by what is made of it. */
    private boolean isSound(Path file, StoredRelease stored) {
        try {
            if (file.equals(layout.manifest(stored.id()))) {
                return isSound(stored);
            }
            if (file.startsWith(layout.packs())) {
                return Files.exists(file);
            }
            if (file.startsWith(layout.recipes())) {
                return RecipeFile.read(file).isPresent();
            }
            return !Files.exists(file) || reads(file.getFileName().toString()); // absent: it may be taken apart here
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A manifest may rot and still be one: then it names contents that nobody ever had. One that differs otherwise is left
     * alone, as it may be the store that is wrong.
     */
    private boolean isSound(StoredRelease stored) throws IOException {
        Optional<Manifest> manifest = local.manifest(stored.id());
        return manifest.isPresent()
                && (manifest.get().hash().equals(stored.manifest().sha256())
                        || local.missing(manifest.get().contents()).isEmpty());
    }

    private boolean reads(String sha256) {
        try (InputStream in = local.open(sha256)) {
            Sha256.of(in);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Brings into the folder what a release needs and the folder lacks.
     *
     * @throws IOException when the release cannot be read back afterwards
     */
    void bring(StoredRelease stored) throws IOException {
        copying.lock();
        try {
            bringAll(stored);
        } finally {
            copying.unlock();
        }
    }

    private void bringAll(StoredRelease stored) throws IOException {
        Path json = layout.manifest(stored.id());
        reader.fetch(stored, file -> !file.equals(json) && !Files.exists(file));
        Manifest manifest = reader.manifest(stored.id()).orElseThrow();
        List<String> damaged = new ArrayList<>();
        for (String sha256 : manifest.contents()) {
            if (!reads(sha256)) {
                damaged.add(sha256);
            }
        }
        if (!damaged.isEmpty()) {
            // the packs themselves, or what is here of them; those of the store have everything that is needed of them
            reader.fetch(
                    stored,
                    file -> file.startsWith(layout.packs())
                            || damaged.contains(file.getFileName().toString()));
        }
        for (String sha256 : damaged) {
            if (!reads(sha256)) {
                throw new IOException(
                        store.name() + " could not repair content " + sha256 + " of release " + stored.id());
            }
        }
        reader.fetch(stored, file -> file.equals(json) && !isSound(file, stored));
    }

    private static boolean differs(StoredRelease stored, Optional<Manifest> here) {
        return here.isPresent() && !here.get().hash().equals(stored.manifest().sha256());
    }

    /**
     * Looks whether the store has every part of some releases, and puts again what it lost.
     *
     * @return what is wrong with which
     */
    List<VaultFault> checkStore(List<ReleaseId> releases) throws IOException {
        List<VaultFault> faults = new ArrayList<>();
        for (ReleaseId id : releases) {
            copying.lock();
            try {
                Optional<StoredRelease> stored = store.find(id);
                Optional<Manifest> here = local.manifest(id);
                Optional<String> fault = stored.isEmpty()
                        ? Optional.of("it is not in " + store.name())
                        : differs(stored.get(), here)
                                ? Optional.of(store.name() + " has another manifest of it")
                                : writer.complete(stored.get(), here.orElse(null));
                fault.ifPresent(what -> faults.add(new VaultFault(id, null, "release " + id + ": " + what)));
            } catch (IOException e) {
                faults.add(new VaultFault(id, null, "release " + id + ": " + e.getMessage()));
            } finally {
                copying.unlock();
            }
        }
        return faults;
    }
}
