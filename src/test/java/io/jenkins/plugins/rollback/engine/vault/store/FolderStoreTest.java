package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A store in a folder. */
public class FolderStoreTest extends ObjectStoreContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Override
    ObjectStore make(String unique) throws IOException {
        return new FolderStore(folder.getRoot().toPath().resolve(unique));
    }

    @Test
    public void whereNothingCanBeWrittenItSaysSo() throws IOException {
        Path file = folder.newFile("file").toPath();
        assertThatThrownBy(new FolderStore(file.resolve("store"))::check)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it cannot be written");
    }

    @Test
    public void aDocumentThatWasChangedIsNotBelieved() throws IOException {
        ObjectStore store = make("s");
        store.publish(release(store, ONE, new byte[] {1}));
        Path document = folder.getRoot().toPath().resolve("s/releases/Shop_2/1.0.0+build.7.json");
        Files.writeString(document, Files.readString(document).replace("blobs/", "../../"));
        assertThatThrownBy(() -> store.find(ONE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("no file of a vault");
    }

    @Test
    public void aSweepFreesWhatNobodyNames() throws IOException {
        ObjectStore store = make("s");
        byte[] unused = {1, 2, 3};
        store.put("shop", Blob.of(unused), BlobSource.of(unused));
        assertThat(store.sweep(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(3);
        assertThat(store.has("shop", Blob.of(unused))).isFalse();
    }
}
