package io.jenkins.plugins.rollback.webhook;

import hudson.model.ModelObject;
import hudson.model.User;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.Secrets;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.setup.SampleAlert;
import io.jenkins.plugins.rollback.engine.trigger.setup.SenderSetup;
import io.jenkins.plugins.rollback.engine.trigger.setup.SetupStep;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** One endpoint: its last deliveries, a form that tries it out, and what to enter on the sender's side. */
public final class EndpointPage implements ModelObject {

    private final WebhookEndpointConfig endpoint;
    private Tested tested; // of this request
    private String body;

    EndpointPage(WebhookEndpointConfig endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String getDisplayName() {
        return endpoint.getId();
    }

    public WebhookEndpointConfig getEndpoint() {
        return endpoint;
    }

    /** Path of this page below Jenkins. */
    public String getPath() {
        return "manage/" + EndpointsPage.URL + "/endpoint/" + endpoint.getId() + "/";
    }

    /** Where senders post to. */
    public String getUrl() {
        String root = Jenkins.get().getRootUrl();
        if (root == null) {
            root = Stapler.getCurrentRequest2().getRootPath() + "/";
        }
        return root + WebhookRootAction.URL + "/webhook/" + endpoint.getId();
    }

    /** Why it cannot work as it is configured; empty when nothing is known to be wrong. */
    public List<String> getProblems() {
        List<String> problems = new ArrayList<>();
        boolean needsSecret = endpoint.getAuthentication().needsSecret(endpoint.getFormat());
        if (needsSecret && Secrets.text(endpoint.getCredentialsId()).isEmpty()) {
            problems.add(Messages.Endpoint_noSecret(endpoint.getCredentialsId()));
        }
        if (Course.user(endpoint.getRunAs()) == null) {
            problems.add(Messages.Endpoint_noUser(endpoint.getRunAs()));
        }
        try {
            endpoint.toVerifier(Clock.systemUTC());
            endpoint.toParser();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        if (Jenkins.get().getRootUrl() == null) {
            problems.add(Messages.Endpoint_noUrl());
        }
        return problems;
    }

    /** The last ones, newest first. */
    public List<DeliveryView> getDeliveries() {
        return DeliveryKeeper.get().of(endpoint).stream().map(DeliveryView::new).toList();
    }

    /** The last one, or {@code null}. */
    public DeliveryView getLast() {
        List<DeliveryView> all = getDeliveries();
        return all.isEmpty() ? null : all.get(0);
    }

    /** What to enter on the sender's side. */
    public List<SetupStep> getSteps() {
        return SenderSetup.of(endpoint.getFormat(), endpoint.getAuthentication(), getUrl(), endpoint.getTokenHeader());
    }

    // ---- a test ----

    /** What the form holds: what was just tried, else an alert in the words of the sender about a service that there is. */
    public String getBody() {
        return body == null
                ? SampleAlert.of(
                        endpoint.getFormat(), target(), Clock.systemUTC().instant())
                : body;
    }

    private Target target() {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        String service = endpoint.getService() != null
                ? endpoint.getService()
                : configuration.getClaims().stream()
                        .map(ServiceClaim::getService)
                        .findFirst()
                        .orElse("checkout");
        String environment = endpoint.getEnvironment() != null
                ? endpoint.getEnvironment()
                : configuration.environmentNames().stream().findFirst().orElse("production");
        return new Target(service, environment);
    }

    /** What the test said, or {@code null} when none was asked for. */
    public Tested getTested() {
        return tested;
    }

    /** Tries a body out: checked and read as if it were sent, and nothing follows but a line in the log. */
    @RequirePOST
    public void doTest(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        User user = User.current();
        String given = request.getParameter("body");
        body = given == null ? "" : given;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        tested = new TestDelivery(RollbackEngine.find().orElse(null), endpoint).send(bytes);
        String who = user == null ? "" : user.getId();
        DeliveryKeeper.get().note(endpoint, new Delivery(endpoint.getId(), who, name -> null, bytes), tested.handled());
        request.getView(this, "index.jelly").forward(request, response);
    }
}
