package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import hudson.model.User;
import io.jenkins.plugins.rollback.actions.Refusal;
import io.jenkins.plugins.rollback.actions.When;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.index.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The ledger as far as the viewer may see it: searched, newest first, each entry with its proof. */
@Extension
@ExportedBean
public final class AuditPage implements RootAction, StaplerProxy {

    /** Its address below Jenkins. */
    public static final String URL = "rollback-audit";

    private static final String FOUND = AuditPage.class.getName() + ".found";
    private static final int ROWS = 50;
    /** So many entries are looked for at a time, of which the viewer may not see some. */
    private static final int PAGE = 200;
    /** So many entries that the viewer may not see are passed over before the page says "older". */
    private static final int PASSED = 5_000;

    @Override
    public String getIconFileName() {
        return new VisibleServices().any() ? "symbol-document-text-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.AuditPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Whoever may see one service comes in; what is shown is chosen entry by entry. */
    @Override
    public Object getTarget() {
        if (!new VisibleServices().any()) {
            Jenkins.get().checkPermission(RollbackPermissions.VIEW);
        }
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** What the request asks for. */
    public AuditSearch getSearch() {
        return AuditSearch.of(Stapler.getCurrentRequest2());
    }

    public List<String> getKinds() {
        return AuditSearch.kinds();
    }

    /** Entries that match the request's parameters, newest first; at most {@value #ROWS}. */
    @Exported(inline = true)
    public List<AuditEntry> getEntries() throws IOException {
        return getFound().entries();
    }

    /** Where it goes on, for the next request's {@code before}; -1 at the end. */
    @Exported
    public long getNext() throws IOException {
        return getFound().next();
    }

    /** What the request asks for, searched once a request. */
    public Found getFound() throws IOException {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        Found found = (Found) request.getAttribute(FOUND);
        if (found == null) {
            found = find(getSearch());
            request.setAttribute(FOUND, found);
        }
        return found;
    }

    /** What is shown at once. */
    public record Found(List<AuditEntry> entries, long next, String older) {

        public List<AuditEntry> getEntries() {
            return entries;
        }

        /** Address of the next page, or {@code null}. */
        public String getOlder() {
            return older;
        }
    }

    /** Searches; nothing is found while the ledger cannot be read or a field was not understood. */
    private static Found find(AuditSearch search) throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null || !search.getProblems().isEmpty()) {
            return new Found(List.of(), -1, null);
        }
        VisibleServices visible = new VisibleServices();
        List<AuditEntry> rows = new ArrayList<>();
        long next = search.before();
        for (int passed = 0; next >= 0 && rows.size() < ROWS && passed < PASSED; passed += PAGE) {
            Page page = engine.index().search(search.query(), next, PAGE);
            next = page.next();
            for (Iterator<Long> found = page.entries().iterator(); found.hasNext() && rows.size() < ROWS; ) {
                long index = found.next();
                if (!engine.ledger().isDropped(index)) { // a sweep may be under way
                    Entry entry = engine.ledger().entry(index);
                    if (visible.includes(entry)) {
                        rows.add(new AuditEntry(engine.ledger(), entry));
                    }
                }
                next = found.hasNext() ? index : page.next();
            }
        }
        return new Found(rows, next, next < 0 ? null : search.urlBefore(next));
    }

    /**
     * The page of an entry, or of what is left of one that was dropped; {@code null}, which is a 404, when there is none or
     * the viewer may not see it. Whose it was, nobody can tell of a dropped one.
     */
    public AuditRecord getEntry(String index) throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null
                || !index.matches("\\d{1,15}")
                || Long.parseLong(index) >= engine.ledger().size()) {
            return null;
        }
        long number = Long.parseLong(index);
        if (engine.ledger().isDropped(number)) {
            return new VisibleServices().isGlobal() ? AuditTombstone.of(engine, number) : null;
        }
        Entry entry = engine.ledger().entry(number);
        return new VisibleServices().includes(entry) ? new AuditEntry(engine.ledger(), entry) : null;
    }

    // ---- export ----

    /** Whether the viewer may take entries away, of every service. */
    public boolean isExportable() {
        return Jenkins.get().hasPermission(RollbackPermissions.EXPORT);
    }

    /** Sends what the parameters search for as a zip that verifies with nothing of ours, and records that. */
    @RequirePOST
    public HttpResponse doExport(StaplerRequest2 request) {
        Jenkins.get().checkPermission(RollbackPermissions.EXPORT);
        User user = User.current();
        if (user == null) {
            return HttpResponses.forbidden(); // an export has somebody's name on it
        }
        AuditSearch search = AuditSearch.of(request);
        if (!search.getProblems().isEmpty()) {
            return Refusal.badRequest(String.join(" ", search.getProblems()));
        }
        return new AuditExport(RollbackEngine.get(), search.query(), user.getId());
    }

    // ---- verification of the whole ----

    /** When the ledger was last verified, or {@code null}. */
    public When getVerified() {
        LedgerCheck.Result last = LedgerCheck.get().last();
        return last == null ? null : When.of(last.at());
    }

    /** How many entries the last check saw. */
    @Exported
    public long getVerifiedEntries() {
        LedgerCheck.Result last = LedgerCheck.get().last();
        return last == null ? 0 : last.entries();
    }

    /** What the last check found wrong, or {@code null}. */
    @Exported
    public String getProblem() {
        LedgerCheck.Result last = LedgerCheck.get().last();
        return last == null ? null : last.problem();
    }

    public boolean isUnderWay() {
        return LedgerCheck.get().isUnderWay();
    }

    /** Whether the viewer may have the whole ledger verified, which takes seconds where it is large. */
    public boolean isVerifiable() {
        return Jenkins.get().hasPermission(RollbackPermissions.VIEW);
    }

    /** Verifies the whole ledger, in the background. */
    @RequirePOST
    public HttpResponse doVerify() {
        Jenkins.get().checkPermission(RollbackPermissions.VIEW);
        LedgerCheck.get().ask();
        return HttpResponses.redirectTo(".");
    }
}
