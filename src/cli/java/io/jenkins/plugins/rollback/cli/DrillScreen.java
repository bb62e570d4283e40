package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.drill.DrillListener;
import io.jenkins.plugins.rollback.engine.drill.Phase;
import io.jenkins.plugins.rollback.engine.drill.TimelineItem;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how a drill goes on: a bar on a terminal, a line a phase elsewhere, nothing when only the result counts. */
abstract class DrillScreen implements DrillListener, AutoCloseable {

    @Override
    public abstract void close();

    static DrillScreen of(Console console, boolean quiet) {
        if (quiet) {
            return new DrillScreen() {
                @Override
                public void close() {
                    // nothing was shown
                }
            };
        }
        return System.console() == null ? new Lines(console.err()) : new Bar(console.err());
    }

    /** For logs and pipes. */
    private static final class Lines extends DrillScreen {

        private final PrintStream err;
        private Phase shown;

        Lines(PrintStream err) {
            this.err = err;
        }

        @Override
        public void progress(Phase phase, double share, String what) {
            if (phase != shown) {
                err.printf("[%3.0f %%] %s: %s%n", share * 100, phase.word(), phase.meaning());
                shown = phase;
            }
        }

        @Override
        public void close() {
            err.flush();
        }
    }

    /** For people. */
    private static final class Bar extends DrillScreen {

        private static final int STEPS = 1000;

        private final ProgressBar bar;

        Bar(PrintStream err) {
            bar = new ProgressBarBuilder()
                    .setTaskName("drill")
                    .setInitialMax(STEPS)
                    .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                    .setUpdateIntervalMillis(100)
                    .hideEta()
                    .setConsumer(new ConsoleProgressBarConsumer(err))
                    .build();
        }

        @Override
        public void progress(Phase phase, double share, String what) {
            bar.stepTo(Math.round(share * STEPS));
            bar.setExtraMessage(" " + phase.word() + ": " + what);
        }

        @Override
        public void reached(TimelineItem item) {
            bar.setExtraMessage(" " + item.phase().word());
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
