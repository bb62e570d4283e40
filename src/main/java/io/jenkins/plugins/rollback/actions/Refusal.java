package io.jenkins.plugins.rollback.actions;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A page that says why something was not done, without a stack trace, under the status that fits. */
public final class Refusal extends HttpResponses.HttpResponseException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String message) {
        super(message, null);
        this.status = status;
    }

    /** What was sent makes no sense. */
    public static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    /** It would have made sense, but not as things stand. */
    public static Refusal conflict(String message) {
        return new Refusal(409, message);
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        response.setStatus(status);
        request.getView(this, "index.jelly").forward(request, response);
    }
}
