package io.jenkins.plugins.rollback.acceptance;

import org.junit.rules.ExternalResource;

/**
 * One Jenkins for many test classes, because starting one takes longer than most scenarios. It starts with the first
 * class that needs it and ends with the JVM; scenarios keep apart by using a service and a folder of their own. After
 * each class the log must be free of warnings of ours.
 */
public final class SharedJenkins extends ExternalResource {

    private static JenkinsServer server;
    private static DemoWorld world;

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
                // a viewer whose system is dark gets the dark theme
                .init("io.jenkins.plugins.thememanager.ThemeManagerPageDecorator.get().theme ="
                        + " new io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory()");
        starting.before();
        server = starting;
        world = new DemoWorld();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            starting.after();
            world.close();
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
