package io.jenkins.plugins.rollback.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the build wrote into the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"rollback " + (version == null ? "(not built as a jar)" : version)};
    }
}
