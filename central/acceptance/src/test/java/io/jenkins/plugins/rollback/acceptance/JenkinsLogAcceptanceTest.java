package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.Test;

/** The check that every Jenkins of this suite ends with must see what it is there for. */
public class JenkinsLogAcceptanceTest {

    private static final String WHEN = "2026-11-22 10:30:08.073+0000 [id=17]\t";

    @Test
    public void findsWarningsOfOurs() {
        String shortened = WHEN + "WARNING\ti.j.p.r.w.WebhookRootAction#doIndex: no";
        String named = WHEN + "SEVERE\thudson.PluginManager#x: release-rollback did not load";
        String inTrace = WHEN + "WARNING\th.model.Run#execute: no\njava.io.IOException: no\n"
                + "\tat io.jenkins.plugins.rollback.steps.StepHost.log(StepHost.java:1)";
        String log = String.join(
                "\n",
                "Running from: jenkins.war",
                shortened,
                WHEN + "INFO\ti.j.p.r.config.EngineLifecycle#start: rollback is here",
                named,
                WHEN + "WARNING\to.j.p.resource.Other#x: not ours",
                inTrace);
        assertThat(JenkinsLog.ourWarnings(log)).containsExactly(shortened, named, inTrace);
    }

    @Test
    public void doesNotTakeAnotherFormatForPeace() {
        assertThatThrownBy(() -> JenkinsLog.ourWarnings("WARNING rollback")).hasMessageContaining("another format");
    }
}
