package io.jenkins.plugins.rollback;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.runner.RunWith;

/** What every class that faces a user of Jenkins must keep to: the mistakes of other plugins, made impossible. */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(packages = "io.jenkins.plugins.rollback", importOptions = ImportOption.DoNotIncludeTests.class)
public class JenkinsLayerTest {

    private static final String POST = "org.kohsuke.stapler.verb.POST";
    private static final String REQUIRE_POST = "org.kohsuke.stapler.interceptor.RequirePOST";

    /** The webhook's door looks at the verb itself: it must answer 405 with no body to anything but POST. */
    private static final String WEBHOOK = "io.jenkins.plugins.rollback.webhook.WebhookRootAction.doWebhook";

    /** Pages to be read and linked to: a drill's report, a gate's samples, the form that confirms, a proof. They check who may and change nothing. */
    private static final String PAGES =
            ".*\\.actions\\.(DrillAction\\.do(Report|Json)|GatePage\\.do(Samples|Analysis)|ConfirmPage\\.doIndex|audit\\.AuditEntry\\.doProof)\\(.*";

    /** A GET that changes something, or tells whether a name exists, can be sent from any page of the world. */
    @ArchTest
    public static final ArchRule DOORS_TAKE_POST_ONLY = methods()
            .that(are(doors()))
            .should()
            .beAnnotatedWith(POST)
            .orShould()
            .beAnnotatedWith(REQUIRE_POST);

    /** Jenkins makes bound objects by a public constructor; another one fails only when a form is saved. */
    @ArchTest
    public static final ArchRule BOUND_CONSTRUCTORS_ARE_PUBLIC = constructors()
            .that()
            .areAnnotatedWith("org.kohsuke.stapler.DataBoundConstructor")
            .should()
            .bePublic();

    /** A view reads by reflection and sees nothing of a class that is not public: its part of the page stays empty. */
    @ArchTest
    public static final ArchRule VIEWS_SEE_WHAT_THEY_READ = methods()
            .that()
            .arePublic()
            .and()
            .haveNameMatching("(get|is)[A-Z].*")
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("io.jenkins.plugins.rollback.actions..", "io.jenkins.plugins.rollback.webhook..")
            .should()
            .beDeclaredInClassesThat()
            .arePublic();

    /** XStream cannot read a record back, so what is stored on a build or in the configuration must not hold one. */
    @ArchTest
    public static final ArchRule STORED_FIELDS_ARE_NO_RECORDS = fields().that()
            .areDeclaredInClassesThat()
            .areAssignableTo("hudson.model.Action")
            .or()
            .areDeclaredInClassesThat()
            .areAssignableTo("hudson.model.Cause")
            .or()
            .areDeclaredInClassesThat()
            .areAssignableTo("hudson.model.Describable")
            .or()
            .areDeclaredInClassesThat()
            .areAssignableTo("org.jenkinsci.plugins.workflow.steps.StepExecution")
            .should(new NoStoredRecord());

    /** Waiting takes no thread: Jenkins' own timers and pools carry what must happen later. */
    @ArchTest
    public static final ArchRule NO_THREADS_IN_THE_JENKINS_LAYER = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.jenkins.plugins.rollback.steps..",
                    "io.jenkins.plugins.rollback.actions..",
                    "io.jenkins.plugins.rollback.webhook..",
                    "io.jenkins.plugins.rollback.config..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.Executors")
            .orShould()
            .callConstructor(Thread.class, Runnable.class);

    private static DescribedPredicate<JavaMethod> doors() {
        return DescribedPredicate.describe(
                "reachable by URL (public doXxx outside the engine)",
                method -> method.getModifiers().contains(PUBLIC)
                        && method.getName().matches("do[A-Z].*")
                        && !method.getOwner().getPackageName().contains(".engine")
                        && !method.getFullName().startsWith(WEBHOOK)
                        && !method.getFullName().matches(PAGES));
    }
}
