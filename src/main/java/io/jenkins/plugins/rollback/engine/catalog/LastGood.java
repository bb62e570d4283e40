package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.model.Deployment;
import java.util.List;
import java.util.Optional;

/**
 * The answer to "what do we go back to", with its working: every deployment considered, newest first, and why each one
 * before the chosen one does not count.
 *
 * @param chosen the deployment of the last-good release, or empty when there is none
 * @param passedOver what was considered and does not count
 */
public record LastGood(Optional<Deployment> chosen, List<PassedOver> passedOver) {

    /**
     * A deployment that does not count.
     *
     * @param deployment which
     * @param why for a person, for example {@code its gate failed}
     */
    public record PassedOver(Deployment deployment, String why) {}

    /** One line for a person: the choice, or that there is none and why each considered deployment does not count. */
    public String explanation() {
        StringBuilder text = new StringBuilder();
        chosen.ifPresentOrElse(
                deployment -> text.append("last-good is ").append(deployment.version()),
                () -> text.append("no last-good release"));
        if (passedOver.isEmpty()) {
            if (chosen.isEmpty()) {
                text.append(": no deployment is recorded");
            }
            return text.toString();
        }
        text.append("; considered: ");
        for (int i = 0; i < passedOver.size(); i++) {
            PassedOver item = passedOver.get(i);
            text.append(i == 0 ? "" : "; ")
                    .append(item.deployment().version())
                    .append(" (")
                    .append(item.why());
            text.append(')');
        }
        return text.toString();
    }
}
