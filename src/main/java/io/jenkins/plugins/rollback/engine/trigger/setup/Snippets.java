package io.jenkins.plugins.rollback.engine.trigger.setup;

/** What is pasted, in the words of each sender. A part of {@code docs/how-to/webhook.md} too: a test compares. */
final class Snippets {

    /** By {@code curl} and {@code openssl}: secret, URL, body. */
    static final String SCRIPT =
            """
            secret='%s'
            url=%s
            body='%s'
            t=$(date +%%s)
            v1=$(printf '%%s.%%s' "$t" "$body" | openssl dgst -sha256 -hmac "$secret" -hex | sed 's/.* //')
            curl -H "X-Rollback-Signature: t=$t,v1=$v1" -H 'Content-Type: application/json' --data-binary "$body" "$url"
            """;

    /** The same with a token: header, body, URL. */
    static final String TOKEN_SCRIPT =
            """
            curl -H '%s' -H 'Content-Type: application/json' --data-binary '%s' %s
            """;

    /** {@code max_alerts} keeps a delivery below what the door reads. */
    static final String ALERTMANAGER =
            """
            receivers:
              - name: rollback
                webhook_configs:
                  - url: %s
                    max_alerts: 50
                    http_config:
                      authorization:
                        type: Bearer
                        credentials_file: /etc/alertmanager/rollback-token
            """;

    /** The same with a header of its own. */
    static final String ALERTMANAGER_HEADER =
            """
            receivers:
              - name: rollback
                webhook_configs:
                  - url: %s
                    max_alerts: 50
                    http_config:
                      http_headers:
                        %s:
                          files: [/etc/alertmanager/rollback-token]
            """;

    static final String GRAFANA =
            """
            Header: X-Grafana-Alerting-Signature
            Timestamp header: X-Grafana-Alerting-Timestamp
            """;

    static final String DATADOG =
            """
            {"alert_transition": "$ALERT_TRANSITION", "aggreg_key": "$AGGREG_KEY", "alert_cycle_key": "$ALERT_CYCLE_KEY",
             "alert_priority": "$ALERT_PRIORITY", "alert_scope": "$ALERT_SCOPE", "tags": "$TAGS", "title": "$EVENT_TITLE",
             "date": "$DATE", "link": "$LINK"}
            """;

    static final String NEW_RELIC =
            """
            "service": {{ json accumulations.tag.service }},
            "environment": {{ json accumulations.tag.environment }}
            """;

    static final String DYNATRACE =
            """
            {"PID": "{PID}", "State": "{State}", "ProblemTitle": "{ProblemTitle}", "ProblemSeverity": "{ProblemSeverity}",
             "ProblemURL": "{ProblemURL}", "Tags": "{Tags}"}
            """;

    static final String SNS =
            """
            aws sns set-topic-attributes --topic-arn <arn> --attribute-name SignatureVersion --attribute-value 2
            """;

    private Snippets() {}
}
