package io.jenkins.plugins.rollback.engine.judge;

/** Which direction of a metric is bad. */
public enum Worse {
    /** More is worse: errors, latency. */
    INCREASE,
    /** Less is worse: orders per minute, cache hits. */
    DECREASE,
    /** Any change is worse. */
    EITHER
}
