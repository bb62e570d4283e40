package io.jenkins.plugins.rollback.engine.vault.store;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/** A blob as the body of a request; read from its source each time that it is sent. */
final class BlobBody extends RequestBody {

    private final Blob blob;
    private final BlobSource source;

    BlobBody(Blob blob, BlobSource source) {
        this.blob = blob;
        this.source = source;
    }

    @Override
    public MediaType contentType() {
        return MediaType.get("application/octet-stream");
    }

    @Override
    public long contentLength() {
        return blob.size();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (InputStream in = source.open();
                Source all = Okio.source(in)) {
            sink.writeAll(all);
        }
    }
}
