package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.Names;
import java.util.Optional;

/**
 * Writes names of services and versions so that registries accept them, and back. What both sides allow stays as it is.
 *
 * <p>In a repository only lower-case letters and digits, and single dots and hyphens between them, stand for themselves;
 * everything else is an underscore and two hexadecimal digits, and a name that would begin so gets {@code x_} before it.
 * In a tag an underscore is written twice and a plus as {@code _.}.
 */
final class OciNames {

    /** What distribution registries accept. */
    private static final int LONGEST_REPOSITORY = 255;

    private static final int LONGEST_TAG = 128;

    private static final String LEAD = "x_";

    private OciNames() {}

    /** @throws StoreException when the result is too long for a registry */
    static String repository(String store, String prefix, String service) throws StoreException {
        String encoded = encode(service);
        String whole = prefix + '/' + encoded;
        if (whole.length() > LONGEST_REPOSITORY) {
            throw new StoreException(store, "the name of service " + service + " is too long for a registry");
        }
        return whole;
    }

    static String encode(String service) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < service.length(); i++) {
            char c = service.charAt(i);
            boolean inside = i > 0 && i < service.length() - 1;
            if (isPlain(c)
                    || (c == '.' || c == '-')
                            && inside
                            && isPlain(service.charAt(i - 1))
                            && isPlain(service.charAt(i + 1))) {
                out.append(c);
            } else {
                out.append('_').append(String.format("%02x", (int) c));
            }
        }
        return out.charAt(0) == '_' ? LEAD + out : out.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /** The service of a repository below the prefix; nothing for a stranger's. */
    static Optional<String> service(String prefix, String repository) {
        if (!repository.startsWith(prefix + '/')) {
            return Optional.empty();
        }
        String encoded = repository.substring(prefix.length() + 1);
        String rest = encoded.startsWith(LEAD + '_') ? encoded.substring(LEAD.length()) : encoded;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '_' && rest.substring(i).matches("_[0-9a-f]{2}.*")) {
                out.append((char) Integer.parseInt(rest.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.append(rest.charAt(i));
            }
        }
        String service = out.toString();
        return Names.isValid(service) && encode(service).equals(encoded) ? Optional.of(service) : Optional.empty();
    }

    /** @throws StoreException when the result is too long for a registry */
    static String tag(String store, String version) throws StoreException {
        String tag = version.replace("_", "__").replace("+", "_.");
        if (tag.length() > LONGEST_TAG) {
            throw new StoreException(store, "version " + version + " is too long for a registry");
        }
        return tag;
    }

    /** The version of a tag; nothing for a stranger's. */
    static Optional<String> version(String tag) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (c == '_') {
                i++;
                char next = i < tag.length() ? tag.charAt(i) : ' ';
                out.append(next == '_' ? '_' : next == '.' ? '+' : ' '); // a space makes it no valid name
            } else {
                out.append(c);
            }
        }
        return Names.isValid(out.toString()) ? Optional.of(out.toString()) : Optional.empty();
    }
}
