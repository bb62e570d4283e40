package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.ScrapeSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A metric server that analysis files may name by its id ({@code source: prom}). Pipelines never supply a URL or a
 * credential: the controller contacts only what stands here.
 */
public class MetricSourceConfig extends AbstractDescribableImpl<MetricSourceConfig> {

    /** Asks the HTTP API of a Prometheus. */
    public static final String PROMETHEUS = "prometheus";
    /** Reads {@code /metrics} pages directly. */
    public static final String SCRAPE = "scrape";

    private final String id;
    private final String kind;
    private final String urls;
    private String credentialsId;

    /**
     * @param id what analysis files call it
     * @param kind {@value #PROMETHEUS} or {@value #SCRAPE}
     * @param urls the server's base URL; for {@value #SCRAPE} one page a line, labels before it:
     *     {@code track=canary http://10.0.0.5:8080/metrics}
     */
    @DataBoundConstructor
    public MetricSourceConfig(String id, String kind, String urls) {
        this.id = Checks.trim(id);
        this.kind = Checks.trim(kind);
        this.urls = Checks.trim(urls);
    }

    public String getId() {
        return id;
    }

    public String getKind() {
        return kind;
    }

    public String getUrls() {
        return urls;
    }

    /** Secret text (a bearer token) or user name with password; {@code null} for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The lines of {@link #getUrls}: labels as {@code name=value}, then the URL. */
    List<ScrapeSource.Page> pages() {
        return lines(urls).stream().map(MetricSourceConfig::page).toList();
    }

    private static List<String> lines(String urls) {
        return urls == null
                ? List.of()
                : urls.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static ScrapeSource.Page page(String line) {
        String[] words = line.split("[,\\s]+");
        Map<String, String> labels = new LinkedHashMap<>();
        for (String word : Arrays.asList(words).subList(0, words.length - 1)) {
            int equals = word.indexOf('=');
            if (!word.matches("[a-zA-Z_][a-zA-Z0-9_]*=.+")) {
                throw new IllegalArgumentException(Messages.MetricSource_label(word));
            }
            labels.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new ScrapeSource.Page(words[words.length - 1], labels);
    }

    /** Whether another configuration makes the same source. */
    boolean isSameAs(MetricSourceConfig other) {
        return id.equals(other.id)
                && kind.equals(other.kind)
                && urls.equals(other.urls)
                && Objects.equals(credentialsId, other.credentialsId);
    }

    /** @return what is wrong with the URLs, or {@code null} */
    static String urlsProblem(String kind, String urls) {
        List<String> all = lines(urls);
        if (all.isEmpty()) {
            return Messages.Checks_required();
        }
        if (PROMETHEUS.equals(kind) && (all.size() > 1 || all.get(0).matches(".*\\s.*"))) {
            return Messages.MetricSource_oneUrl();
        }
        try {
            return all.stream()
                    .map(line -> Checks.urlProblem(page(line).url()))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("metricSource")
    public static class DescriptorImpl extends Descriptor<MetricSourceConfig> {

        @Override
        public String getDisplayName() {
            return Messages.MetricSource_displayName();
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            return Checks.name("id", value);
        }

        @POST
        public FormValidation doCheckUrls(@QueryParameter String value, @QueryParameter String kind) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String problem = urlsProblem(kind, value);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        @POST
        public ListBoxModel doFillKindItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.MetricSource_prometheus(), PROMETHEUS),
                    new ListBoxModel.Option(Messages.MetricSource_scrape(), SCRAPE));
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return Secrets.items(credentialsId, StringCredentials.class, StandardUsernamePasswordCredentials.class);
        }

        /**
         * Asks the saved source of this id for a sign of life. It takes an id, not a URL, so that nobody can use it to
         * look around in the network.
         */
        @POST
        public FormValidation doTestConnection(@QueryParameter String id) throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            MetricSource source = new ConfiguredSources().find(Checks.trim(id)).orElse(null);
            if (source == null) {
                return FormValidation.warning(Messages.MetricSource_saveFirst());
            }
            try {
                source.probe();
                return FormValidation.ok(Messages.MetricSource_answers(id));
            } catch (IOException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
