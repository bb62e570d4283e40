package io.jenkins.plugins.rollback.actions;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.People;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A question put to people, as a page shows it: what is asked, on what evidence, who asked, who said what. */
@ExportedBean
public final class ApprovalView {

    private final Approval approval;
    private final RollbackEngine engine;

    ApprovalView(Approval approval, RollbackEngine engine) {
        this.approval = approval;
        this.engine = engine;
    }

    @Exported
    public String getId() {
        return approval.id();
    }

    @Exported
    public String getRollback() {
        return approval.rollback();
    }

    @Exported
    public String getService() {
        return approval.target().service();
    }

    @Exported
    public String getEnvironment() {
        return approval.target().environment();
    }

    /** The version that is left, or {@code null}. */
    @Exported
    public String getFrom() {
        return approval.from();
    }

    @Exported
    public String getTo() {
        return approval.to();
    }

    @Exported
    public String getState() {
        return approval.state().name();
    }

    public boolean isWaiting() {
        return !approval.isSettled();
    }

    /** The state in words. */
    public String getStateText() {
        return switch (approval.state()) {
            case WAITING -> Messages.ApprovalView_waiting();
            case APPROVED -> Messages.ApprovalView_approved();
            case REJECTED -> Messages.ApprovalView_rejected();
            case EXPIRED -> Messages.ApprovalView_expired();
            case ENDED -> Messages.ApprovalView_ended();
        };
    }

    /** {@code good}, {@code bad}, {@code ask} or {@code plain}. */
    public String getTone() {
        return switch (approval.state()) {
            case WAITING -> "ask";
            case APPROVED -> "good";
            case REJECTED -> "bad";
            case EXPIRED, ENDED -> "plain";
        };
    }

    @Exported
    public String getPolicy() {
        return approval.policy().id();
    }

    @Exported
    public int getQuorum() {
        return approval.policy().people();
    }

    /** Whom the policy still wants to hear: each group with how many of it, {@code security: 1}; empty when nobody. */
    @Exported
    public List<String> getMissing() {
        List<String> missing = new ArrayList<>();
        approval.missingOf().forEach((group, count) -> missing.add(name(group) + ": " + count));
        return missing;
    }

    /** What stands in for an erased name begins with a character that no page can show. */
    private static String name(String name) {
        return name.replace("\0", "");
    }

    /** What the reason of a yes must contain, or {@code null}. */
    @Exported
    public String getReasonPattern() {
        return approval.policy().reasonPattern();
    }

    /** How many said yes. */
    @Exported
    public int getApproved() {
        return (int) approval.votes().stream().filter(Approval.Vote::approve).count();
    }

    /** Who may answer, as far as the policy names them. */
    public List<String> getApprovers() {
        return approval.policy().approvers().stream().map(ApprovalView::name).toList();
    }

    /** Ids of those who asked. */
    @Exported
    public List<String> getRequesters() {
        return List.copyOf(approval.requesters());
    }

    @Exported(inline = true)
    public BuildLink getBuild() {
        return BuildLink.of(approval.build());
    }

    @Exported
    public String getAskedAt() {
        return String.valueOf(approval.askedAt());
    }

    public When getAsked() {
        return When.of(approval.askedAt());
    }

    @Exported
    public String getUntil() {
        return String.valueOf(approval.until());
    }

    public When getExpires() {
        return When.of(approval.until());
    }

    @Exported(inline = true)
    public List<VoteView> getVotes() {
        People people = engine.ledger().people();
        return approval.votes().stream().map(vote -> new VoteView(vote, people)).toList();
    }

    /** The newest verdict of a gate of what is rolled back, or {@code null} when there was none. */
    @Exported(inline = true)
    public Evidence getEvidence() {
        String deployment = engine.catalog()
                .rollback(approval.rollback())
                .map(rollback -> rollback.deployment())
                .orElse(null);
        return Stream.of(approval.rollback(), deployment)
                .filter(id -> id != null)
                .flatMap(id -> engine.catalog().timeline(id).stream())
                .filter(entry -> entry.kind() == EventKind.GATE_VERDICT)
                .max(Comparator.comparingLong(Entry::index))
                .map(Evidence::new)
                .orElse(null);
    }

    Approval approval() {
        return approval;
    }

    /** One person's word. */
    @ExportedBean
    public static final class VoteView {

        private final Approval.Vote vote;
        private final People people;

        VoteView(Approval.Vote vote, People people) {
            this.vote = vote;
            this.people = people;
        }

        @Exported
        public String getWho() {
            return people.shown(vote.actor());
        }

        @Exported
        public boolean isApprove() {
            return vote.approve();
        }

        @Exported
        public String getReason() {
            return vote.reason() == null ? null : people.text(vote.reason()).orElse(null);
        }

        @Exported
        public String getAt() {
            return vote.at().toString();
        }

        public When getWhen() {
            return When.of(vote.at());
        }
    }

    /** What a gate said. */
    @ExportedBean
    public static final class Evidence {

        private final Entry entry;

        Evidence(Entry entry) {
            this.entry = entry;
        }

        @Exported
        public String getVerdict() {
            return entry.text("verdict");
        }

        @Exported
        public String getSummary() {
            return entry.text("summary");
        }

        @Exported
        public long getEntry() {
            return entry.index();
        }

        public When getWhen() {
            return When.of(entry.time());
        }

        /** Each metric with its verdict and reason; empty when the entry has none. */
        public List<Metric> getMetrics() {
            List<Metric> metrics = new ArrayList<>();
            for (JsonNode metric : entry.data().path("metrics")) {
                JsonNode effect = metric.path("effect");
                metrics.add(new Metric(
                        metric.path("name").asText(""),
                        metric.path("verdict").asText(""),
                        effect.isNumber() ? String.format(Locale.ROOT, "%+.0f %%", effect.asDouble() * 100) : "",
                        metric.path("reason").asText("")));
            }
            return metrics;
        }
    }

    /** A metric's part in a verdict. */
    public static final class Metric {

        private final String name;
        private final String verdict;
        private final String effect;
        private final String reason;

        Metric(String name, String verdict, String effect, String reason) {
            this.name = name;
            this.verdict = verdict;
            this.effect = effect;
            this.reason = reason;
        }

        public String getName() {
            return name;
        }

        public String getVerdict() {
            return verdict;
        }

        /** Change of the canary against the baseline, or empty. */
        public String getEffect() {
            return effect;
        }

        public String getReason() {
            return reason;
        }
    }
}
