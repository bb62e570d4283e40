package io.jenkins.plugins.rollback.api;

import java.util.List;

/** Which names belong to Jenkins and are therefore not to be had on Maven Central. */
final class JenkinsNames {

    /** Packages whose types central/jenkins-api declares; everything else comes from the JDK or Maven Central. */
    private static final List<String> PREFIXES = List.of(
            "hudson.",
            "jenkins.",
            "org.jenkinsci.",
            "org.jenkins.ui.",
            "org.kohsuke.",
            "com.cloudbees.",
            "io.jenkins.",
            "org.acegisecurity.",
            "org.jvnet.hudson.reactor.",
            "net.sf.json.");

    /**
     * Annotations that are kept beside those of Jenkins. Others (nullness in packages that Central does not carry in
     * the same version, directives to a bytecode tool) have no effect on whoever compiles against a signature.
     */
    private static final List<String> KEPT_ANNOTATIONS = List.of(
            "java.lang.",
            "edu.umd.cs.findbugs.annotations.CheckForNull",
            "edu.umd.cs.findbugs.annotations.NonNull",
            "edu.umd.cs.findbugs.annotations.Nullable",
            "net.java.sezpoz.",
            "org.jvnet.hudson.annotation_indexer.");

    private JenkinsNames() {}

    /** @return whether the type of that binary or canonical name is Jenkins' own, and not the plugin's */
    static boolean isJenkins(String type) {
        return !type.startsWith("io.jenkins.plugins.rollback.")
                && PREFIXES.stream().anyMatch(type::startsWith);
    }

    /** @return whether a signature carries this annotation when the real declaration does */
    static boolean isKeptAnnotation(String type) {
        return isJenkins(type) || KEPT_ANNOTATIONS.stream().anyMatch(type::startsWith);
    }
}
