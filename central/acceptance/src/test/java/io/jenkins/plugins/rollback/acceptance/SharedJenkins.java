package io.jenkins.plugins.rollback.acceptance;

import java.util.HashSet;
import java.util.Set;
import org.junit.rules.ExternalResource;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * One Jenkins for many test classes, because starting one takes longer than most scenarios. It starts with the first
 * class that needs it and ends with the JVM; scenarios keep apart by using a service and a folder of their own. After
 * each class the log must be free of warnings of ours. A class that runs again after a failure gets a new Jenkins: the
 * old one already has its services and releases.
 */
public final class SharedJenkins extends ExternalResource {

    private static final Set<String> SEEN = new HashSet<>();

    private static JenkinsServer server;
    private static DemoWorld world;

    @Override
    public Statement apply(Statement base, Description description) {
        Statement inIt = super.apply(base, description);
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                if (!SEEN.add(description.getClassName()) && server != null) {
                    server.end();
                    world.close();
                    server = null;
                }
                inIt.evaluate();
            }
        };
    }

    /** @return the running Jenkins */
    public JenkinsServer server() {
        return server;
    }

    /** @return HTTP as a user: {@code admin}, {@code alice} (runs releases), {@code bob} (approves), {@code eve} (reads) */
    public JenkinsClient as(String user) {
        return server.as(user);
    }

    /** @return the world outside Jenkins */
    public DemoWorld world() {
        return world;
    }

    @Override
    protected void before() throws Throwable {
        if (server != null) {
            return;
        }
        JenkinsServer starting = new JenkinsServer()
                .user(
                        "alice",
                        "Overall/Read",
                        "Job/Read",
                        "Job/Build",
                        "Job/Cancel",
                        "Rollback/View",
                        "Rollback/Execute",
                        "Rollback/Approve")
                .user("bob", "Overall/Read", "Job/Read", "Rollback/View", "Rollback/Approve")
                .user("eve", "Overall/Read", "Job/Read", "Rollback/View")
                .user("monitor", "Overall/Read", "Job/Read", "Job/Build", "Rollback/View", "Rollback/Execute")
                // repositories of these tests are folders on this machine
                .init("hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT = true")
                .init(JenkinsServer.SYSTEM_COLOURS);
        starting.before();
        server = starting;
        DemoWorld around = new DemoWorld();
        world = around;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            starting.end();
            around.close();
        }));
    }

    @Override
    protected void after() {
        if (server == null) {
            return; // there is no Jenkins to test with
        }
        server.requireNoWarnings();
    }
}
