package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ReadOnlyLedger;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.plan.Artifacts;
import io.jenkins.plugins.rollback.engine.plan.Assessment;
import io.jenkins.plugins.rollback.engine.plan.AssessmentReport;
import io.jenkins.plugins.rollback.engine.plan.Assessor;
import io.jenkins.plugins.rollback.engine.plan.RecordedVersions;
import io.jenkins.plugins.rollback.engine.plan.RetainedArtifacts;
import io.jenkins.plugins.rollback.engine.plan.ServiceGraph;
import io.jenkins.plugins.rollback.engine.plan.ServicesException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback plan}: what going back would mean. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Shows which services go back together, in which waves, who is affected, and what stands in the"
                + " way. Touches nothing. Exit status 1: something stands in the way.")
final class PlanCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--services", required = true, paramLabel = "FILE", description = "The services file (YAML).")
    private Path services;

    @Option(names = "--service", required = true, paramLabel = "S", description = "The service that is to go back.")
    private String service;

    @Option(names = "--to", paramLabel = "VERSION", description = "To this version; else to its last-good one.")
    private String to;

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            description = "Take what is deployed and last-good from this ledger, instead of the services file.")
    private Path ledger;

    @Option(names = "--environment", paramLabel = "E", description = "The environment, with --ledger.")
    private String environment;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Check in this vault that the artifacts can be restored.")
    private Path store;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as a page, too.")
    private Path html;

    @Mixin
    private JsonOption json;

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if ((ledger == null) != (environment == null)) {
            throw new BadInputException("--ledger and --environment go together");
        }
        ServiceGraph graph = read();
        if (graph.service(service) == null) {
            throw new BadInputException("--service: there is no service '" + service + "' in " + services);
        }
        try {
            if (to != null) {
                Names.require("--to: version", to);
            }
        } catch (InvalidNameException e) {
            throw new BadInputException(e.getMessage(), e);
        }
        Assessment assessment = Assessor.assess(facts(graph), service, to, artifacts());
        AssessmentReport report = new AssessmentReport(assessment);
        if (html != null) {
            Files.writeString(html, report.html());
        }
        if (json.wanted()) {
            console.print(report.json());
        } else {
            report.lines().forEach(console.out()::println);
        }
        return assessment.isBlocked() ? Failures.FAILED : 0;
    }

    private ServiceGraph read() throws IOException, BadInputException {
        try {
            return ServiceGraph.parse(Files.readString(services), services.toString());
        } catch (ServicesException e) {
            throw new BadInputException(e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new BadInputException("--services: " + services + " is not UTF-8 text", e);
        }
    }

    private Artifacts artifacts() throws IOException, BadInputException {
        return store == null ? null : new RetainedArtifacts(StoreOption.open(store));
    }

    private ServiceGraph facts(ServiceGraph graph) throws IOException, BadInputException {
        if (ledger == null) {
            return graph;
        }
        try (ReadOnlyLedger read = ReadOnlyLedger.open(LedgerOption.existing(ledger))) {
            Catalog catalog = new Catalog(read);
            read.attach(catalog);
            return RecordedVersions.in(graph, catalog, environment);
        } catch (InvalidNameException e) {
            throw new BadInputException("--environment: " + e.getMessage(), e);
        }
    }
}
