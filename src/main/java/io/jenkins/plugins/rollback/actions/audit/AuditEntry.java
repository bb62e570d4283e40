package io.jenkins.plugins.rollback.actions.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Api;
import io.jenkins.plugins.rollback.actions.BuildLink;
import io.jenkins.plugins.rollback.actions.TimelineView;
import io.jenkins.plugins.rollback.actions.When;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.RecordCheck;
import io.jenkins.plugins.rollback.engine.ledger.Tree;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One entry of the ledger: a row of the audit page and a page of its own, with its proof. */
@ExportedBean
public final class AuditEntry extends AuditRecord {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final Entry entry;
    private final TimelineView.Line line;

    AuditEntry(Ledger ledger, Entry entry) {
        this.ledger = ledger;
        this.entry = entry;
        this.line = TimelineView.line(entry, ledger.people());
    }

    @Override
    public String getDisplayName() {
        return Messages.AuditEntry_displayName(entry.index());
    }

    public Api getApi() {
        return new Api(this);
    }

    @Exported
    public long getIndex() {
        return entry.index();
    }

    @Exported
    public String getTime() {
        return entry.time().toString();
    }

    public When getWhen() {
        return When.of(entry.time());
    }

    @Exported
    public String getKind() {
        return entry.kind().wire();
    }

    public String getTone() {
        return line.getTone();
    }

    @Exported
    public String getService() {
        return entry.service();
    }

    @Exported
    public String getEnvironment() {
        return entry.environment();
    }

    @Exported
    public String getVersion() {
        return entry.version();
    }

    /** What happened, as a sentence. */
    @Exported
    public String getWhat() {
        return line.getWhat();
    }

    @Exported
    public String getWho() {
        return line.getWho();
    }

    /** Free text of a person, or {@code null}. */
    @Exported
    public String getReason() {
        return line.getReason();
    }

    /** Id of the rollback or deployment that it is about, or {@code null}. */
    @Exported
    public String getSubject() {
        return entry.text("rollback") != null ? entry.text("rollback") : entry.text("deployment");
    }

    public BuildLink getBuild() {
        return BuildLink.of(entry.text("build"));
    }

    /** The entry as it is stored, laid out for reading. */
    public String getContent() throws IOException {
        return JSON.readTree(ledger.raw(entry.index())).toPrettyString();
    }

    /** Whether it is proven to be in the tree that the ledger signs. */
    public RecordCheck getCheck() throws IOException {
        return RecordCheck.of(ledger, null, List.of(entry.index()));
    }

    /** The proof for somebody outside: a C2SP tlog-proof. */
    public HttpResponse doProof() throws IOException {
        Tree tree = ledger.tree();
        return HttpResponses.text(tree.proof(entry.index()).text());
    }
}
