package io.jenkins.plugins.rollback.acceptance;

/** What an administrator sets up before a scenario, by the script console, which is quicker than the form. */
final class RollbackSettings {

    private static final String HEAD = String.join(
            "\n",
            "import io.jenkins.plugins.rollback.config.*",
            "def c = RollbackConfiguration.get()",
            "def put = { list, item, same -> list.findAll { !same(it) } + [item] }",
            "");

    /** Makes an endpoint start the way back. */
    static final String START = "w.rule = WebhookEndpointConfig.Rule.START";

    private final JenkinsClient admin;

    RollbackSettings(JenkinsClient admin) {
        this.admin = admin;
    }

    RollbackSettings environment(String name) {
        return run(
                "c.environments = put(c.environments, new EnvironmentConfig('%s'), { it.name == '%s' })", name, name);
    }

    /** Says that a job or folder speaks for a service. */
    RollbackSettings claim(String service, String item) {
        return run(
                "c.claims = put(c.claims, new ServiceClaim('%s', '%s'), { it.service == '%s' && it.item == '%s' })",
                service, item, service, item);
    }

    /** Says that the listed branches of a multibranch project speak for a service. */
    RollbackSettings claim(String service, String item, String branches) {
        return run(
                "def claim = new ServiceClaim('%s', '%s'); claim.branches = '%s'; c.claims = c.claims + [claim]",
                service, item, branches);
    }

    /** Names a page that is scraped directly. */
    RollbackSettings scrape(String id, String url) {
        return run(
                "c.metricSources = put(c.metricSources, new MetricSourceConfig('%s', 'scrape', '%s'), { it.id == '%s' })",
                id, url, id);
    }

    /** Names a Prometheus. */
    RollbackSettings prometheus(String id, String url) {
        return run(
                "c.metricSources = put(c.metricSources, new MetricSourceConfig('%s', 'prometheus', '%s'), { it.id == '%s' })",
                id, url, id);
    }

    /** Makes a policy that steps may name. */
    RollbackSettings policy(String id, String approvers) {
        return policy(id, approvers, "", "");
    }

    /** One that wants people of certain groups and tickets, see the fields of the form. */
    RollbackSettings policy(String id, String approvers, String groups, String reasonPattern) {
        return run(
                "def p = new ApprovalPolicyConfig('%s'); p.approvers = '%s'; p.groups = '%s'; p.reasonPattern = '%s';"
                        + " c.approvalPolicies = put(c.approvalPolicies, p, { it.id == '%s' })",
                id, approvers, groups, reasonPattern, id);
    }

    RollbackSettings wayBack(String service, String environment, String job) {
        return run(
                "c.wayBacks = put(c.wayBacks, new WayBackConfig('%s', '%s', '%s'), { it.service == '%s' })",
                service, environment, job, service);
    }

    /** Opens a door for a sender who knows a secret and whose alerts start the way back. */
    RollbackSettings webhook(String id, String secret, String runAs) {
        return webhook(id, secret, runAs, START);
    }

    /** Opens a door for a sender with words and a proof of its own; {@code more} is Groovy about the endpoint {@code w}. */
    RollbackSettings webhook(String id, String secret, String format, String authentication, String more) {
        String trigger = "io.jenkins.plugins.rollback.engine.trigger.";
        return webhook(
                id,
                secret,
                "monitor",
                "w.format = " + trigger + "format.AlertFormat." + format + "; w.authentication = " + trigger
                        + "auth.Authentication." + authentication + "; " + more);
    }

    private RollbackSettings webhook(String id, String secret, String runAs, String more) {
        return run(
                "def store = com.cloudbees.plugins.credentials.SystemCredentialsProvider.instance\n"
                        + "store.credentials.add(new org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl("
                        + "com.cloudbees.plugins.credentials.CredentialsScope.GLOBAL, '%s-secret', '',"
                        + " hudson.util.Secret.fromString('%s')))\nstore.save()\n"
                        + "def w = new WebhookEndpointConfig('%s', '%s-secret'); w.runAs = '%s';"
                        + " %s;"
                        + " c.webhookEndpoints = put(c.webhookEndpoints, w, { it.id == '%s' })",
                id, secret, id, id, runAs, more, id);
    }

    private RollbackSettings run(String groovy, Object... arguments) {
        String said = admin.script(HEAD + String.format(groovy, arguments) + "\nprint 'set'");
        if (!said.equals("set")) {
            throw new IllegalStateException(said);
        }
        return this;
    }
}
