package io.jenkins.plugins.rollback.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import io.jenkins.plugins.rollback.engine.ledger.witness.FileWitness;
import io.jenkins.plugins.rollback.engine.ledger.witness.GitWitness;
import io.jenkins.plugins.rollback.engine.ledger.witness.Headers;
import io.jenkins.plugins.rollback.engine.ledger.witness.HttpWitness;
import io.jenkins.plugins.rollback.engine.ledger.witness.Witness;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Somebody outside who remembers the newest checkpoint of the ledger, so that an older copy of it is found out. */
public class WitnessConfig extends AbstractDescribableImpl<WitnessConfig> {

    /** A file on another disk or share. */
    public static final String FILE = "file";
    /** A URL that takes the checkpoint by PUT and gives it back by GET. */
    public static final String HTTP = "http";
    /** A branch of a Git repository. */
    public static final String GIT = "git";

    /** The branch when none is given. */
    static final String BRANCH = "release-rollback";

    private final String kind;
    private final String address;
    private String branch;
    private String credentialsId;

    /**
     * @param kind {@value #FILE}, {@value #HTTP} or {@value #GIT}
     * @param address absolute path of the file, the URL, or the repository's address
     */
    @DataBoundConstructor
    public WitnessConfig(String kind, String address) {
        this.kind = Checks.trim(kind);
        this.address = Checks.trim(address);
    }

    public String getKind() {
        return kind;
    }

    public String getAddress() {
        return address;
    }

    /** Of a Git repository; {@code null} for {@value #BRANCH}. */
    public String getBranch() {
        return branch;
    }

    @DataBoundSetter
    public void setBranch(String branch) {
        this.branch = Util.fixEmptyAndTrim(branch);
    }

    /** Secret text (a bearer token) or user name with password, over HTTP; {@code null} for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** @throws IllegalArgumentException naming what is wrong */
    Witness toWitness() {
        String where = String.valueOf(address);
        return switch (String.valueOf(kind)) {
            case FILE -> new FileWitness(absolute(where));
            case HTTP -> new HttpWitness(url(where), headers());
            case GIT -> new GitWitness(cache(where), where, branch == null ? BRANCH : branch, headers());
            default -> throw new IllegalArgumentException(Messages.Witness_kind(kind));
        };
    }

    private static Path absolute(String where) {
        try {
            Path path = Path.of(where);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(Messages.Witness_path(where), e);
        }
        throw new IllegalArgumentException(Messages.Witness_path(where));
    }

    private static URI url(String where) {
        String problem = Checks.urlProblem(where);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return URI.create(where);
    }

    /** One for each repository: git keeps there what it has seen of the branch. */
    private static Path cache(String remote) {
        if (remote.matches("[a-z]+://[^/@]*@.*") && !remote.startsWith("ssh://")) {
            throw new IllegalArgumentException(Messages.Checks_userInfo());
        }
        return Jenkins.get()
                .getRootDir()
                .toPath()
                .resolve(EngineLifecycle.FOLDER)
                .resolve("witness-" + Sha256.of(remote).substring(0, 12) + ".git");
    }

    private Headers headers() {
        return credentialsId == null
                ? Map::of
                : () -> Map.of("Authorization", Secrets.authorization("witness " + address, credentialsId));
    }

    /** Whether another configuration makes the same witness. */
    boolean isSameAs(WitnessConfig other) {
        return Objects.equals(kind, other.kind)
                && Objects.equals(address, other.address)
                && Objects.equals(branch, other.branch)
                && Objects.equals(credentialsId, other.credentialsId);
    }

    /** Whether it is restored together with the ledger, which is what a witness is there to find out. */
    private boolean isAtHome() {
        return FILE.equals(kind)
                && absolute(address)
                        .normalize()
                        .startsWith(Jenkins.get().getRootDir().toPath());
    }

    /** The form's part and its validation. */
    @Extension
    @Symbol("ledgerWitness")
    public static class DescriptorImpl extends Descriptor<WitnessConfig> {

        @Override
        public String getDisplayName() {
            return Messages.Witness_displayName();
        }

        @POST
        public ListBoxModel doFillKindItems() {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.Witness_file(), FILE),
                    new ListBoxModel.Option(Messages.Witness_http(), HTTP),
                    new ListBoxModel.Option(Messages.Witness_git(), GIT));
        }

        @POST
        public FormValidation doCheckAddress(@QueryParameter String value, @QueryParameter String kind) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                WitnessConfig config = new WitnessConfig(kind, value);
                config.toWitness();
                return config.isAtHome() ? FormValidation.warning(Messages.Witness_atHome()) : FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return Secrets.items(credentialsId, StringCredentials.class, StandardUsernamePasswordCredentials.class);
        }

        /** Brings the present checkpoint to the witness as entered. Whoever may ask may also save these settings. */
        @POST
        public FormValidation doTestWitness(
                @QueryParameter String kind,
                @QueryParameter String address,
                @QueryParameter String branch,
                @QueryParameter String credentialsId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            WitnessConfig config = new WitnessConfig(kind, address);
            config.setBranch(branch);
            config.setCredentialsId(credentialsId);
            Optional<RollbackEngine> engine = RollbackEngine.find();
            if (engine.isEmpty()) {
                return FormValidation.warning(Messages.Witness_notOpen());
            }
            try {
                Checkpoint kept = engine.get().guard().tryOut(config.toWitness());
                return FormValidation.ok(Messages.Witness_has(kept.size()));
            } catch (IOException | IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
