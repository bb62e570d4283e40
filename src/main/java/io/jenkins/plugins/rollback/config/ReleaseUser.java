package io.jenkins.plugins.rollback.config;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.HashSet;
import java.util.Set;

/** Says which releases are about to be used by something that is not in the ledger yet: they are not dropped meanwhile. */
public interface ReleaseUser extends ExtensionPoint {

    /** Those of this moment; must not throw. */
    Set<ReleaseId> wanted();

    /** Those of all of them. */
    static Set<ReleaseId> all() {
        Set<ReleaseId> all = new HashSet<>();
        ExtensionList.lookup(ReleaseUser.class).forEach(user -> all.addAll(user.wanted()));
        return all;
    }
}
