package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.Sha256;

/**
 * The id of the approval of a rollback under a policy. It follows from the two, so that whoever carries the rollback
 * out finds what was approved before: a resumed step, or the way back that is started after a late approval.
 */
public final class ApprovalIds {

    private ApprovalIds() {}

    /**
     * The id.
     *
     * @param rollback id of the rollback, {@code rb-...}
     * @param policy id of the policy
     */
    public static String of(String rollback, String policy) {
        String tail = rollback.startsWith(Ids.ROLLBACK + "-") ? rollback.substring(3) : rollback;
        return Ids.APPROVAL + "-" + tail + "-" + Sha256.of(policy).substring(0, 8);
    }

    /**
     * SHA-256 over what is approved: going back with this service in this environment from one version to another.
     * Lower-case hexadecimal.
     */
    public static String subject(String service, String environment, String from, String to) {
        return Sha256.of("rollback\n" + service + "\n" + environment + "\n" + (from == null ? "" : from) + "\n" + to);
    }
}
