package io.jenkins.plugins.rollback.engine.gate.convert;

import java.util.List;

/**
 * An analysis file that was made of another tool's.
 *
 * @param format where it came from, for people: {@code Kayenta}, {@code Argo Rollouts} or {@code Flagger}
 * @param yaml the analysis file; it can be parsed
 * @param lost what could not be carried over, in the order of the input
 */
public record Converted(String format, String yaml, List<Lost> lost) {

    /**
     * Something that is not in the analysis file as it was in the input, or that needs a look.
     *
     * @param path where it stood in the input: {@code spec.metrics[0].initialDelay}
     * @param why what became of it, in a sentence
     */
    public record Lost(String path, String why) {}
}
