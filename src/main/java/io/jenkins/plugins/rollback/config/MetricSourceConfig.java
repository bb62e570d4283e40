package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.metrics.HttpLimits;
import io.jenkins.plugins.rollback.engine.metrics.MetricCredentials;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.RequestRate;
import io.jenkins.plugins.rollback.engine.metrics.ServerAccess;
import io.jenkins.plugins.rollback.engine.metrics.vendor.JsonPlaces;
import io.jenkins.plugins.rollback.engine.metrics.vendor.MetricServers;
import io.jenkins.plugins.rollback.engine.metrics.vendor.ServerKind;
import io.jenkins.plugins.rollback.engine.metrics.vendor.ServerSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
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

    private final String id;
    private final String kind;
    private final String urls;
    private String credentialsId;
    private String scope;
    private int requestsPerMinute;
    private int delaySeconds;
    private String body;
    private String valuesPath;
    private String timesPath;

    /**
     * @param id what analysis files call it
     * @param kind the word of a {@link ServerKind}, for example {@code prometheus}
     * @param urls the server's base URL; for {@code scrape} one page a line, labels before it:
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

    /** Secret text, secret file or user name with password, as the kind wants it; {@code null} for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Tenant, database, organization, account, region or project, as the kind has it; {@code null} for none. */
    public String getScope() {
        return scope;
    }

    @DataBoundSetter
    public void setScope(String scope) {
        this.scope = Util.fixEmptyAndTrim(scope);
    }

    /** How often the server is asked at the most; 0 for as often as needed. */
    public int getRequestsPerMinute() {
        return requestsPerMinute;
    }

    @DataBoundSetter
    public void setRequestsPerMinute(int requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    /** Seconds after which the server's data are complete; looks are of that much earlier. */
    public int getDelaySeconds() {
        return delaySeconds;
    }

    @DataBoundSetter
    public void setDelaySeconds(int delaySeconds) {
        this.delaySeconds = delaySeconds;
    }

    /** What is posted to a server of kind {@code json}; {@code null} for GET. */
    public String getBody() {
        return body;
    }

    @DataBoundSetter
    public void setBody(String body) {
        this.body = Util.fixEmptyAndTrim(body);
    }

    /** JSONPath of the values in an answer, for kind {@code json}. */
    public String getValuesPath() {
        return valuesPath;
    }

    @DataBoundSetter
    public void setValuesPath(String valuesPath) {
        this.valuesPath = Util.fixEmptyAndTrim(valuesPath);
    }

    /** JSONPath of the values' times, for kind {@code json}; {@code null} when the answer has none. */
    public String getTimesPath() {
        return timesPath;
    }

    @DataBoundSetter
    public void setTimesPath(String timesPath) {
        this.timesPath = Util.fixEmptyAndTrim(timesPath);
    }

    /** What the engine makes a source of. */
    private ServerSettings settings() {
        ServerKind known = ServerKind.of(kind)
                .orElseThrow(() ->
                        new IllegalArgumentException(Messages.MetricSource_unknownKind(kind, ServerKind.words())));
        String problem = MetricPages.problem(known, urls);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        JsonPlaces places = known == ServerKind.JSON ? JsonPlaces.of(body, valuesPath, timesPath) : null;
        return new ServerSettings(id, known, MetricPages.of(urls), scope, places, Duration.ofSeconds(delaySeconds));
    }

    /**
     * The source; it asks nothing yet.
     *
     * @throws IllegalArgumentException saying what does not go together
     */
    MetricSource make() {
        if (delaySeconds < 0 || requestsPerMinute < 0) {
            throw new IllegalArgumentException(Messages.MetricSource_negative());
        }
        MetricCredentials credentials = credentialsId == null
                ? MetricCredentials.NONE
                : () -> Secrets.secret("metric server '" + id + "'", credentialsId);
        ServerAccess access = new ServerAccess(
                credentials, HttpLimits.DEFAULT, RequestRate.perMinute(requestsPerMinute), new JenkinsProxy());
        return MetricServers.make(settings(), access, Clock.systemUTC());
    }

    /** Whether another configuration makes the same source. */
    boolean isSameAs(MetricSourceConfig other) {
        return everything().equals(other.everything());
    }

    private List<Object> everything() {
        return Arrays.asList(
                id, kind, urls, credentialsId, scope, requestsPerMinute, delaySeconds, body, valuesPath, timesPath);
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
            String problem =
                    MetricPages.problem(ServerKind.of(Checks.trim(kind)).orElse(ServerKind.PROMETHEUS), value);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        @POST
        public FormValidation doCheckScope(@QueryParameter String value, @QueryParameter String kind) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ServerKind.Scope scope =
                    ServerKind.of(Checks.trim(kind)).map(ServerKind::scope).orElse(ServerKind.Scope.OPTIONAL);
            boolean given = Util.fixEmptyAndTrim(value) != null;
            if (scope == ServerKind.Scope.REQUIRED && !given) {
                return FormValidation.error(Messages.Checks_required());
            }
            return scope == ServerKind.Scope.NONE && given
                    ? FormValidation.error(Messages.MetricSource_noScope())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckValuesPath(@QueryParameter String value, @QueryParameter String kind) {
            boolean json = ServerKind.JSON.word().equals(Checks.trim(kind));
            return Checks.that(() -> {
                if (json) {
                    JsonPlaces.of(null, value, null);
                }
            });
        }

        @POST
        public FormValidation doCheckTimesPath(@QueryParameter String value) {
            return Checks.that(() -> JsonPlaces.of(null, "$", value));
        }

        @POST
        public FormValidation doCheckRequestsPerMinute(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validateNonNegativeInteger(value);
        }

        @POST
        public FormValidation doCheckDelaySeconds(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return FormValidation.validateNonNegativeInteger(value);
        }

        @POST
        public ListBoxModel doFillKindItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ListBoxModel items = new ListBoxModel();
            for (ServerKind kind : ServerKind.values()) {
                items.add(name(kind), kind.word());
            }
            return items;
        }

        private static String name(ServerKind kind) {
            return switch (kind) {
                case PROMETHEUS -> Messages.MetricSource_prometheus();
                case SCRAPE -> Messages.MetricSource_scrape();
                case GRAPHITE -> Messages.MetricSource_graphite();
                case INFLUXQL -> Messages.MetricSource_influxql();
                case FLUX -> Messages.MetricSource_flux();
                case DATADOG -> Messages.MetricSource_datadog();
                case NEWRELIC -> Messages.MetricSource_newrelic();
                case CLOUDWATCH -> Messages.MetricSource_cloudwatch();
                case GOOGLE -> Messages.MetricSource_google();
                case DYNATRACE -> Messages.MetricSource_dynatrace();
                case JSON -> Messages.MetricSource_json();
            };
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return Secrets.items(
                    credentialsId,
                    StringCredentials.class,
                    StandardUsernamePasswordCredentials.class,
                    FileCredentials.class);
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
