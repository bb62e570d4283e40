package io.jenkins.plugins.rollback.engine.drill;

public class BuiltInSplitterTest extends SplitterContract {

    @Override
    Splitter create() throws Exception {
        return new BuiltInSplitter(1);
    }
}
