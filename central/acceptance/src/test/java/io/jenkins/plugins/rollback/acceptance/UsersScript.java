package io.jenkins.plugins.rollback.acceptance;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The start-up script that makes the users and gives them their permissions in the global matrix. */
final class UsersScript {

    private static final String TEMPLATE = String.join(
            "\n",
            "import hudson.security.*",
            "import jenkins.model.Jenkins",
            "import org.jenkinsci.plugins.matrixauth.*",
            "def users = %s",
            "def jenkins = Jenkins.get()",
            "if (!(jenkins.securityRealm instanceof HudsonPrivateSecurityRealm)) {",
            "    def realm = new HudsonPrivateSecurityRealm(false, false, null)",
            "    def matrix = new GlobalMatrixAuthorizationStrategy()",
            "    users.each { name, permissions ->",
            "        realm.createAccount(name, name)",
            "        permissions.each { wanted ->",
            "            def found = Permission.all.find { (it.group.title.toString() + '/' + it.name) == wanted }",
            "            if (found == null) throw new IllegalArgumentException('no such permission: ' + wanted + ' in '",
            "                + Permission.all.collect { it.group.title.toString() + '/' + it.name })",
            "            matrix.add(found, PermissionEntry.user(name))",
            "        }",
            "    }",
            "    jenkins.securityRealm = realm",
            "    jenkins.authorizationStrategy = matrix",
            "    jenkins.save()",
            "}",
            "");

    private UsersScript() {}

    /** @return Groovy text; names and permissions must not contain quotes */
    static String of(Map<String, List<String>> users) {
        String map = users.entrySet().stream()
                .map(user -> "'" + user.getKey() + "': "
                        + user.getValue().stream()
                                .map(permission -> "'" + permission + "'")
                                .collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(", ", "[", "]"));
        return String.format(TEMPLATE, map);
    }
}
