package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through the deployments of a target, newest first, until one counts as good. */
final class LastGoodSearch {

    private final ReleaseShelf shelf;
    private final RollbackTable rollbacks;

    LastGoodSearch(ReleaseShelf shelf, RollbackTable rollbacks) {
        this.shelf = shelf;
        this.rollbacks = rollbacks;
    }

    LastGood among(List<Deployment> newestFirst, String leaving) {
        List<LastGood.PassedOver> passedOver = new ArrayList<>();
        for (Deployment deployment : newestFirst) {
            Optional<String> why = whyNot(deployment, leaving);
            if (why.isEmpty()) {
                return new LastGood(Optional.of(deployment), List.copyOf(passedOver));
            }
            passedOver.add(new LastGood.PassedOver(deployment, why.get()));
        }
        return new LastGood(Optional.empty(), List.copyOf(passedOver));
    }

    /** The newest good deployments, each of another version. */
    List<Deployment> good(List<Deployment> newestFirst, int most) {
        Map<String, Deployment> byVersion = new LinkedHashMap<>();
        for (Deployment deployment : newestFirst) {
            if (byVersion.size() < most && whyNot(deployment, null).isEmpty()) {
                byVersion.putIfAbsent(deployment.version(), deployment);
            }
        }
        return List.copyOf(byVersion.values());
    }

    /** The first rule that a deployment breaks; the rule that tells a person most comes first. */
    private Optional<String> whyNot(Deployment deployment, String leaving) {
        if (deployment.version().equals(leaving)) {
            return Optional.of("it is the release to be left");
        }
        if (deployment.gatesFailed() > 0) {
            return Optional.of(deployment.gatesFailed() == 1 ? "its gate failed" : "its gates failed");
        }
        if (deployment.rolledBackBy() != null) {
            return Optional.of("it was rolled back by " + deployment.rolledBackBy());
        }
        if (verificationFailed(deployment)) {
            return Optional.of("its verification failed");
        }
        return switch (deployment.state()) {
            case OPEN -> Optional.of("it has not ended");
            case FAILED -> Optional.of("it failed");
            case INTERRUPTED -> Optional.of("it was interrupted");
            case SUCCEEDED -> shelf.holds(deployment.release())
                    ? Optional.empty()
                    : Optional.of(notRetained(deployment));
        };
    }

    private String notRetained(Deployment deployment) {
        return shelf.findDropped(deployment.release()).isPresent()
                ? "its release was dropped"
                : "its release is not retained";
    }

    /** For a deployment that a rollback made; it has the rollback's id. */
    private boolean verificationFailed(Deployment deployment) {
        return rollbacks
                .find(deployment.id())
                .map(rollback -> rollback.verification() == Verdict.FAIL)
                .orElse(false);
    }
}
