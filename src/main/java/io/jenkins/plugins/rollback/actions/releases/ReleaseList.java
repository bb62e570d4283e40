package io.jenkins.plugins.rollback.actions.releases;

import hudson.model.AbstractItem;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.rollback.actions.When;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.model.Release;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Retained releases, newest first, a page at a time: {@code ?service=S} shows those of one service, {@code before=N} those
 * whose entry in the ledger is older. Reads what is projected from the ledger, and no build.
 */
@ExportedBean
public final class ReleaseList implements ModelObject {

    static final int ROWS = 50;

    private static final String FOUND = ReleaseList.class.getName() + ".found";

    private final ReleaseScope scope;

    /** @param scope of a viewer who may come here */
    public ReleaseList(ReleaseScope scope) {
        this.scope = scope;
    }

    @Override
    public String getDisplayName() {
        return Messages.ReleaseList_displayName();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The job or folder, or {@code null} for all of Jenkins. */
    public AbstractItem getItem() {
        return scope.item();
    }

    /** Services to choose from. */
    public SortedSet<String> getServices() {
        return scope.services();
    }

    /** The service that was chosen, or {@code null} for all. */
    public String getService() {
        String service = parameter("service");
        return service == null || service.isBlank() ? null : service.strip();
    }

    private static String parameter(String name) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? null : request.getParameter(name);
    }

    private static long before() {
        String before = parameter("before");
        return before == null || !before.matches("\\d{1,15}") ? Long.MAX_VALUE : Long.parseLong(before);
    }

    /** What the request asks for, computed once a request. */
    private List<ReleaseRow> found() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        @SuppressWarnings("unchecked") // nobody else knows the name
        List<ReleaseRow> found = request == null ? null : (List<ReleaseRow>) request.getAttribute(FOUND);
        if (found == null) {
            found = RollbackEngine.find().map(this::find).orElse(List.of());
            if (request != null) {
                request.setAttribute(FOUND, found);
            }
        }
        return found;
    }

    /** One more than a page shows: then there are older ones. */
    private List<ReleaseRow> find(RollbackEngine engine) {
        SortedSet<String> services = new TreeSet<>(scope.services());
        if (getService() != null) {
            services.retainAll(List.of(getService()));
        }
        long before = before();
        List<Release> releases = services.stream()
                .flatMap(service -> engine.catalog().releases(service).stream())
                .filter(release -> release.entry() < before)
                .sorted(Comparator.comparingLong(Release::entry).reversed())
                .limit(ROWS + 1L)
                .toList();
        return new ReleaseRows(engine, scope).of(releases);
    }

    /** At most {@value #ROWS}. */
    @Exported(inline = true)
    public List<ReleaseRow> getReleases() {
        return found().stream().limit(ROWS).toList();
    }

    /** Where it goes on, for the next request's {@code before}; -1 at the end. */
    @Exported
    public long getNext() {
        return found().size() > ROWS ? found().get(ROWS - 1).getEntry() : -1;
    }

    /** Why nothing can be shown, or {@code null}. */
    public String getProblem() {
        return RollbackEngine.find().isPresent() ? null : Messages.ReleaseList_unavailable();
    }

    /** When the whole vault was last read again, or {@code null}. */
    public When getChecked() {
        VaultResult last = VaultCheck.get().last();
        return last == null ? null : When.of(last.at());
    }

    /** The page on which a pin is set or taken back. */
    public PinPage getPin() {
        return new PinPage(scope);
    }
}
