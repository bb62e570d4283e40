package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.PersonalRecords;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code rollback-person-show}: everything that the ledger holds about a person, as JSON. For administrators. */
@Extension
public final class ShowPersonCommand extends CLICommand {

    @Argument(metaVar = "PERSON", required = true, usage = "The person's user id.")
    private String person;

    @Option(name = "-name", metaVar = "NAME", usage = "A further name by which texts may name the person.")
    private List<String> names = new ArrayList<>();

    @Override
    public String getName() {
        return "rollback-person-show";
    }

    @Override
    public String getShortDescription() {
        return Messages.ShowPersonCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        stdout.println(new PersonalRecords(RollbackEngine.get().ledger())
                .about(Actor.parse(person), names)
                .toPrettyString());
        return 0;
    }
}
