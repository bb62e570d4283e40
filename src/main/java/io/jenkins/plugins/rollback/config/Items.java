package io.jenkins.plugins.rollback.config;

import hudson.model.Item;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** Looks items up for the current user. */
public final class Items {

    private Items() {}

    /**
     * An item, or {@code null} when it is gone, is something else, or is hidden from the user. Jenkins itself answers
     * with an exception when the user may discover the item but not read it; to a page that is no difference.
     */
    public static <T extends Item> T find(String fullName, Class<T> type) {
        try {
            return Jenkins.get().getItemByFullName(fullName, type);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    /** An item of any type. */
    public static Item find(String fullName) {
        return find(fullName, Item.class);
    }
}
