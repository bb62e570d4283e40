package io.jenkins.plugins.rollback.webhook;

import hudson.Extension;
import hudson.model.UnprotectedRootAction;
import hudson.security.csrf.CrumbExclusion;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.trigger.format.JsonBody;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * {@code POST <jenkins>/release-rollback/webhook/<id>}. Open to the network, so it does little: checks the shape of the
 * request, hands the bytes to the {@link Reception}, answers in one line. No crumb is asked for; the signature or
 * token, which no browser adds by itself, takes its place. Nothing in the query string is looked at.
 */
@Extension
public final class WebhookRootAction implements UnprotectedRootAction {

    static final String URL = "release-rollback";

    private static final String PREFIX = "/" + URL + "/webhook/";

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return null;
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Takes a delivery. What follows the path is the id of the endpoint. */
    public void doWebhook(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String id = endpoint(request.getRestOfPath());
        byte[] body = new byte[0];
        Answer refused = null;
        if (!"POST".equals(request.getMethod())) {
            response.setHeader("Allow", "POST");
            refused = new Answer(405, Answer.text("error", "only POST"));
        } else if (!isJson(request)) {
            refused = new Answer(415, Answer.text("error", "only application/json, not compressed"));
        } else {
            byte[] read = read(request);
            if (read == null) {
                refused = new Answer(413, Answer.text("error", "larger than " + JsonBody.MOST_BYTES + " bytes"));
            } else {
                body = read;
            }
        }
        Delivery delivery = new Delivery(id, request.getRemoteAddr(), request::getHeader, body);
        Reception reception = Reception.get();
        answer(response, refused == null ? reception.receive(delivery) : reception.refuse(delivery, refused));
    }

    /** Compressed bodies are refused: a small one can hide a huge one. */
    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String encoding = request.getHeader("Content-Encoding");
        // SNS calls its JSON plain text
        boolean json = "application/json".equals(media)
                || "text/plain".equals(media) && request.getHeader("x-amz-sns-message-type") != null;
        return json && (encoding == null || "identity".equalsIgnoreCase(encoding));
    }

    /** @return {@code null} when there is more than an alert may have; no more than that is read */
    private static byte[] read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > JsonBody.MOST_BYTES) {
            return null;
        }
        try (InputStream in = request.getInputStream()) {
            byte[] body = in.readNBytes(JsonBody.MOST_BYTES + 1);
            return body.length > JsonBody.MOST_BYTES ? null : body;
        }
    }

    /** The id in the rest of the path, or an empty text when it cannot be one. */
    private static String endpoint(String rest) {
        String id = rest == null ? "" : rest.replaceFirst("^/", "").replaceFirst("/$", "");
        return Names.isValid(id) ? id : "";
    }

    private static void answer(StaplerResponse2 response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write((answer.body() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Lets exactly {@code /release-rollback/webhook/<id>} pass without a crumb, nothing that merely looks like it. */
    @Extension
    public static final class Crumbless extends CrumbExclusion {

        @Override
        public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getPathInfo();
            boolean ours = path != null
                    && path.startsWith(PREFIX)
                    && Names.isValid(path.substring(PREFIX.length()).replaceFirst("/$", ""));
            if (ours) {
                chain.doFilter(request, response);
            }
            return ours;
        }
    }
}
