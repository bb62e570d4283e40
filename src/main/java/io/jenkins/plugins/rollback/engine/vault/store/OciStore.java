package io.jenkins.plugins.rollback.engine.vault.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * A store in an OCI registry, by the distribution API: one repository for each service, one tag for each release. A
 * registry has no "only if absent" for a tag: of two who publish different contents of one release in the same moment,
 * the later one stays, and the earlier one is told.
 */
public final class OciStore implements ObjectStore {

    private static final MediaType DOCUMENT = MediaType.get(ReleaseDocument.MEDIA_TYPE);
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>;\\s*rel=\"?next\"?");
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Names of a page; registries may give fewer. */
    private static final String PAGE = "1000";

    private final OciSettings settings;
    private final OciHttp http;
    private final Lock publishing = new ReentrantLock();

    /** Opens nothing yet: the first request does. */
    public OciStore(OciSettings settings, StoreSecret.Reader secrets) {
        this.settings = settings;
        http = new OciHttp(name(), settings, secrets);
    }

    @Override
    public String name() {
        return "OCI registry " + settings.registry().getAuthority() + "/" + settings.repository();
    }

    private String repository(String service) throws StoreException {
        return OciNames.repository(name(), settings.repository(), service);
    }

    private HttpUrl manifest(ReleaseId id) throws StoreException {
        return http.url(repository(id.service()) + "/manifests/" + OciNames.tag(name(), id.version()));
    }

    private static Request.Builder to(HttpUrl url) {
        return new Request.Builder().url(url).header("Accept", ReleaseDocument.MEDIA_TYPE + ", */*;q=0.1");
    }

    @Override
    public void check() throws IOException {
        // the version check is open in some registries; this one needs to know who asks
        String probe = settings.repository() + "/x";
        try (Response response =
                http.send(probe, to(http.url(probe + "/tags/list")).build())) {
            if (!response.isSuccessful() && response.code() != OciHttp.NOT_FOUND) {
                throw http.refused("it was asked for tags", response);
            }
        }
    }

    @Override
    public boolean has(String service, Blob blob) throws IOException {
        String repository = repository(service);
        HttpUrl url = http.url(repository + "/blobs/" + blob.digest());
        try (Response response = http.send(repository, to(url).head().build())) {
            if (response.code() == OciHttp.NOT_FOUND) {
                return false;
            }
            if (!response.isSuccessful()) {
                throw http.refused("looking for a blob", response);
            }
            return Long.toString(blob.size()).equals(response.header("Content-Length"));
        }
    }

    @Override
    public void put(String service, Blob blob, BlobSource source) throws IOException {
        if (has(service, blob)) {
            return;
        }
        String repository = repository(service);
        HttpUrl uploads = http.url(repository + "/blobs/uploads/");
        HttpUrl upload;
        try (Response response = http.send(
                repository,
                to(uploads).post(RequestBody.create(new byte[0], BYTES)).build())) {
            if (response.code() != 202) {
                throw http.refused("beginning to store a blob", response);
            }
            upload = http.next(response, response.header("Location"));
        }
        HttpUrl whole =
                upload.newBuilder().addQueryParameter("digest", blob.digest()).build();
        try (Response response =
                http.send(repository, to(whole).put(new BlobBody(blob, source)).build())) {
            if (response.code() != 201) {
                throw http.refused("storing a blob", response);
            }
        }
    }

    @Override
    public InputStream open(String service, Blob blob) throws IOException {
        String repository = repository(service);
        Response response = http.send(
                repository, to(http.url(repository + "/blobs/" + blob.digest())).build());
        if (!response.isSuccessful()) {
            try (response) {
                throw response.code() == OciHttp.NOT_FOUND
                        ? new StoreException(name(), "it has no " + blob.digest())
                        : http.refused("reading a blob", response);
            }
        }
        ResponseBody body = response.body();
        return new FilterInputStream(body.byteStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    return super.read(buffer, offset, length);
                } catch (IOException e) {
                    throw new StoreException(name(), StoreException.reason(e), e);
                }
            }
        };
    }

    @Override
    public Optional<StoredRelease> find(ReleaseId id) throws IOException {
        try (Response response =
                http.send(repository(id.service()), to(manifest(id)).build())) {
            if (response.code() == OciHttp.NOT_FOUND) {
                return Optional.empty();
            }
            if (!response.isSuccessful()) {
                throw http.refused("reading release " + id, response);
            }
            return Optional.of(StoreDocuments.read(name(), id, response.body().byteStream()));
        }
    }

    @Override
    public void publish(StoredRelease release) throws IOException {
        // one at a time: registries that keep their documents in files mix up what is written to one at the same moment
        publishing.lock();
        try {
            publishAlone(release);
        } finally {
            publishing.unlock();
        }
    }

    private void publishAlone(StoredRelease release) throws IOException {
        Optional<StoredRelease> existing = find(release.id());
        if (existing.isEmpty()) {
            Request put = to(manifest(release.id()))
                    .put(RequestBody.create(release.toBytes(), DOCUMENT))
                    .build();
            try (Response response = http.send(repository(release.id().service()), put)) {
                if (!response.isSuccessful()) {
                    throw http.refused("publishing release " + release.id(), response);
                }
            }
            existing = find(release.id());
        }
        if (!existing.filter(release::equals).isPresent()) {
            throw new ReleaseConflictException(name(), release.id());
        }
    }

    @Override
    public List<ReleaseId> releases() throws IOException {
        List<ReleaseId> all = new ArrayList<>();
        List<String> services = new ArrayList<>();
        // the whole registry's list; who may not read it is told so
        names("", "_catalog", "repositories", repository -> OciNames.service(settings.repository(), repository)
                .ifPresent(services::add));
        for (String service : services) {
            String repository = repository(service);
            names(repository, repository + "/tags/list", "tags", tag -> OciNames.version(tag)
                    .ifPresent(version -> all.add(new ReleaseId(service, version))));
        }
        all.sort(null);
        return all;
    }

    /** Reads a list page by page. */
    private void names(String repository, String path, String field, Consumer<String> each) throws IOException {
        HttpUrl url = http.url(path).newBuilder().addQueryParameter("n", PAGE).build();
        while (url != null) {
            try (Response response = http.send(repository, to(url).build())) {
                if (response.code() == OciHttp.NOT_FOUND && !repository.isEmpty()) {
                    return; // a repository whose last tag went
                }
                if (!response.isSuccessful()) {
                    throw http.refused("listing " + field, response);
                }
                JsonNode json = MAPPER.readTree(response.body().byteStream());
                json.path(field).forEach(name -> each.accept(name.asText()));
                Matcher next = NEXT.matcher(response.header("Link", ""));
                url = next.find() ? http.next(response, next.group(1)) : null;
            }
        }
    }

    @Override
    public void drop(ReleaseId id) throws IOException {
        Optional<StoredRelease> release = find(id);
        if (release.isEmpty()) {
            return;
        }
        String repository = repository(id.service());
        HttpUrl url = http.url(
                repository + "/manifests/" + Blob.of(release.get().toBytes()).digest());
        try (Response response = http.send(repository, to(url).delete().build())) {
            if (!response.isSuccessful() && response.code() != OciHttp.NOT_FOUND) {
                throw http.refused("deleting release " + id + " (registries must be told to allow it)", response);
            }
        }
    }

    /** Nothing: a registry's own clean-up removes blobs that no manifest names. */
    @Override
    public long sweep(Instant before) {
        return 0;
    }

    @Override
    public void close() {
        http.close();
    }
}
