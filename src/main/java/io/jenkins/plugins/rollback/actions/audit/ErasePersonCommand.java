package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.CurrentActor;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.PersonalRecords;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code rollback-person-erase}: takes a person's name out of the ledger, and the texts that name the person. Every proof
 * still verifies. For administrators; it cannot be undone.
 */
@Extension
public final class ErasePersonCommand extends CLICommand {

    @Argument(metaVar = "PERSON", required = true, usage = "The person's user id.")
    private String person;

    @Option(name = "-name", metaVar = "NAME", usage = "A further name: texts in which it stands go too.")
    private List<String> names = new ArrayList<>();

    @Option(name = "-text", metaVar = "COMMITMENT", usage = "A further text that goes: the 'reason' of an entry.")
    private List<String> texts = new ArrayList<>();

    @Option(name = "-keep-texts", usage = "Erase no text but those given by -text.")
    private boolean keepTexts;

    @Override
    public String getName() {
        return "rollback-person-erase";
    }

    @Override
    public String getShortDescription() {
        return Messages.ErasePersonCommand_shortDescription();
    }

    /** Exit status 3, as of every Jenkins command, when the ledger holds nothing of the person. */
    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Actor eraser = CurrentActor.or("command-line");
        PersonalRecords records = new PersonalRecords(RollbackEngine.get().ledger());
        List<String> marked = new ArrayList<>(texts);
        if (!keepTexts) {
            List<String> all = new ArrayList<>(names);
            all.add(Actor.parse(person).id());
            marked.addAll(records.textsNaming(all));
        }
        PersonalRecords.Erased erased = records.erase(eraser, Actor.parse(person), marked);
        stdout.println(Messages.ErasePersonCommand_erased(erased.rows(), erased.texts(), erased.entry()));
        return 0;
    }
}
