package io.jenkins.plugins.rollback.engine.approval;

import java.time.Duration;
import java.util.SortedSet;

/**
 * Who must say yes.
 *
 * @param id what steps call it ({@code approval: 'production'})
 * @param approvers ids of users and groups; empty means everybody with the permission Rollback/Approve
 * @param quorum how many must approve, at least 1
 * @param requesterMayApprove whether who asked for the rollback may approve it; where nobody is known as requester,
 *     {@code false} cannot be satisfied by anybody unless {@code approvers} names them
 * @param expiry how long to wait
 */
public record ApprovalPolicy(
        String id, SortedSet<String> approvers, int quorum, boolean requesterMayApprove, Duration expiry) {}
