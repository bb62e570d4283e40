package io.jenkins.plugins.rollback.engine.drill;

import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

public class HaproxySplitterServerTest extends SplitterContract {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Override
    Splitter create() throws Exception {
        return new HaproxySplitter(folder.getRoot().toPath());
    }
}
