package io.jenkins.plugins.rollback.engine.ledger.sql;

import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which PostgreSQL, and as whom.
 *
 * @param url {@code jdbc:postgresql://host[:port]/database}, with parameters that say how to connect, but no user and
 *     no password
 * @param user role that owns, or may make, the tables
 * @param password or {@code null}
 */
public record Database(String url, String user, String password) {

    private static final Pattern URL = Pattern.compile(
            "jdbc:postgresql://(?<hosts>[A-Za-z0-9._:,\\[\\]-]+)/(?<name>[^?/\\s]+)(?:\\?(?<more>\\S*))?");

    /** Parameters that change how, not what, is connected to. Others can load classes or write files: refused. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)sslmode|sslrootcert|currentschema|targetservertype|"
            + "applicationname|gssencmode|channelbinding|connecttimeout|sockettimeout|logintimeout");

    /** @throws IllegalArgumentException saying what is wrong with the URL; it is never echoed whole */
    public Database {
        Matcher form = URL.matcher(url == null ? "" : url.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "expected jdbc:postgresql://host:5432/database, without user and password");
        }
        String more = form.group("more");
        for (String parameter : more == null || more.isEmpty() ? new String[0] : more.split("&")) {
            String name = parameter.split("=", 2)[0];
            if (name.toLowerCase(Locale.ROOT).matches("user|password")) {
                throw new IllegalArgumentException("user and password belong into credentials, not into the URL");
            }
            if (!HARMLESS.matcher(name).matches()) {
                throw new IllegalArgumentException("the parameter " + name.replaceAll("\\p{Cntrl}", "?")
                        + " is not among those that are allowed here");
            }
        }
        url = url.strip();
    }

    /** What the driver is told beyond the URL. */
    Properties properties() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        // a server that is there but does not answer is as good as gone; seconds. Those in the URL go before these.
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "15");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "Release Rollback");
        return properties;
    }

    /** Where, without parameters: for messages. */
    String where() {
        int more = url.indexOf('?');
        return "PostgreSQL at " + url.substring("jdbc:".length(), more < 0 ? url.length() : more);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return where() + " as " + user;
    }
}
