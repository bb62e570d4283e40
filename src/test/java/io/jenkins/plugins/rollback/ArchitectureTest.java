package io.jenkins.plugins.rollback;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.runner.RunWith;

/** The engine's packages depend downwards only, never in a circle, and none of them knows Jenkins. */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(packages = "io.jenkins.plugins.rollback", importOptions = ImportOption.DoNotIncludeTests.class)
public class ArchitectureTest {

    private static final String ENGINE = "io.jenkins.plugins.rollback.engine.";

    /** The engine and everything below it, in ArchUnit's notation. */
    private static final String ENGINE_AND_BELOW = "io.jenkins.plugins.rollback.engine..";

    /** From the bottom up: a package may use those before it. */
    private static final List<String> LAYERS = List.of(
            "model",
            "ledger",
            "catalog",
            "vault",
            "metrics",
            "judge",
            "gate",
            "approval",
            "plan",
            "action",
            "rollback",
            "trigger",
            "drill");

    @ArchTest
    public static final ArchRule ENGINE_KNOWS_NO_JENKINS = noClasses()
            .that()
            .resideInAPackage(ENGINE_AND_BELOW)
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..", "com.cloudbees..", "net.sf.json.."));

    @ArchTest
    public static final ArchRule ENGINE_KNOWS_NOTHING_ABOVE_IT = noClasses()
            .that()
            .resideInAPackage(ENGINE_AND_BELOW)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.jenkins.plugins.rollback..").and(not(resideInAPackage(ENGINE_AND_BELOW))));

    @ArchTest
    public static final ArchRule NO_CIRCLES =
            slices().matching(ENGINE + "(*)..").should().beFreeOfCycles();

    @ArchTest
    public static final ArchRule LAYERS_DEPEND_DOWNWARDS =
            classes().that().resideInAPackage(ENGINE_AND_BELOW).should(dependOnLayersBelow());

    private static ArchCondition<JavaClass> dependOnLayersBelow() {
        return new ArchCondition<>("depend only on layers below their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                int own = layer(type);
                if (own < 0) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no known layer"));
                    return;
                }
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (target.getPackageName().startsWith(ENGINE) && layer(target) > own) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** The position of the class's package in {@link #LAYERS}; -1 when it is not listed. */
    private static int layer(JavaClass type) {
        String rest = type.getPackageName().substring(ENGINE.length() - 1).replaceFirst("^\\.", "");
        return LAYERS.indexOf(rest.split("\\.")[0]);
    }
}
