package io.jenkins.plugins.rollback.harness;

import java.util.HashMap;
import java.util.Map;
import org.jvnet.hudson.test.JenkinsRule;

/** People with their browsers. Logging in takes a second, so who only reads keeps the browser for the next page. */
public final class Visitors {

    private final JenkinsRule jenkins;
    private final Map<String, JenkinsRule.WebClient> known = new HashMap<>();

    public Visitors(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /**
     * A new browser, without JavaScript, to which an answer such as 403 is no error.
     *
     * @param user who is logged in, or {@code null} for nobody
     */
    public JenkinsRule.WebClient arrive(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.setJavaScriptEnabled(false);
        // the first answer counts, not the page that a browser is sent on to
        client.setRefreshHandler((page, url, seconds) -> {});
        return user == null ? client : client.login(user);
    }

    /** The browser that this visitor had before; its settings are not to be changed. */
    public JenkinsRule.WebClient again(String user) throws Exception {
        JenkinsRule.WebClient client = known.get(user);
        if (client == null) {
            client = arrive(user);
            known.put(user, client);
        }
        return client;
    }
}
