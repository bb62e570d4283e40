package io.jenkins.plugins.rollback.config;

import hudson.model.User;
import io.jenkins.plugins.rollback.engine.model.Actor;

/** Who stands behind the present request or command, for the record. */
public final class CurrentActor {

    private CurrentActor() {}

    /** @param part of the product that stands in where Jenkins knows no users */
    public static Actor or(String part) {
        User user = User.current();
        return user == null ? Actor.system(part) : Actor.user(user.getId());
    }
}
