package io.jenkins.plugins.rollback.engine.judge;

import io.jenkins.plugins.rollback.engine.judge.Catches.Case;
import io.jenkins.plugins.rollback.engine.judge.Catches.Result;
import io.jenkins.plugins.rollback.engine.judge.Series.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the tables about the judge for docs/benchmarks.md. Arguments: the file to write, runs of a cell. */
public final class JudgeBench {

    private static final double ALPHA = 0.01;
    private static final int HISTORY = 300;

    private static final Noise[] HEALTHY = {
        Noise.IID,
        Noise.AR_05,
        Noise.AR_08,
        Noise.TREND,
        Noise.ZEROS,
        Noise.PARETO,
        Noise.POISSON,
        Noise.BURSTS,
        Noise.COUNT_ZEROS,
        Noise.TENTH
    };

    /** alpha 0.002 is what Kayenta's judge has on independent values. */
    private static final Case[] SICK = {
        sick(Noise.POISSON, 1.25, 60),
        sick(Noise.POISSON, 1.5, 60),
        sick(Noise.RARE, 2, 60),
        sick(Noise.TENTH, 2, 60),
        sick(Noise.BURSTS, 1.5, 60),
        sick(Noise.BURSTS, 2, 60),
        sick(Noise.IID, 1.2, 30),
        sick(Noise.IID, 1.5, 30),
        sick(Noise.IID, 2, 30),
        sick(Noise.AR_05, 1.5, 30),
        sick(Noise.AR_05, 2, 30),
        sick(Noise.AR_08, 2, 30),
        new Case(Noise.AR_05, 1.5, 30, 0.05, 5, 1, ALPHA),
        new Case(Noise.AR_05, 1.5, 30, 0.05, 5, 5, ALPHA),
    };

    private final List<String> lines = new ArrayList<>();
    private final int runs;

    private JudgeBench(int runs) {
        this.runs = runs;
    }

    private static Case sick(Noise noise, double factor, int looks) {
        return new Case(noise, factor, looks, 0, 1, 1, ALPHA);
    }

    public static void main(String[] args) throws IOException {
        JudgeBench bench = new JudgeBench(Integer.parseInt(args[1]));
        bench.speed();
        bench.falseAlarms();
        bench.rivals();
        bench.catches();
        bench.besideKayenta();
        Files.write(Path.of(args[0]), bench.lines);
    }

    private void say(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        System.out.println(line);
        lines.add(line);
    }

    private void falseAlarms() {
        say("");
        say("Gates failed of %,d, healthy canary, tolerance 0, alpha %s; 1, 5 and 20 metrics", runs, ALPHA);
        say("");
        say("| series | history | 1 look | 6 looks | 30 looks | 60 looks |");
        say("|---|---|---|---|---|---|");
        int worst = 0;
        for (Noise noise : HEALTHY) {
            for (int history : new int[] {0, HISTORY}) {
                int[][] failed = FalseAlarms.of(noise, history, runs, ALPHA);
                StringBuilder row = new StringBuilder();
                for (int[] cell : failed) {
                    int most = FalseAlarms.runs(noise, FalseAlarms.METRICS[2], runs);
                    row.append(String.format(Locale.ROOT, " %d, %d, %d", cell[0], cell[1], cell[2]));
                    row.append(most == runs ? " |" : String.format(Locale.ROOT, " of %,d |", most));
                    worst = Math.max(worst, Math.max(Math.max(cell[0], cell[1]), cell[2] * runs / most));
                }
                say("| %s | %s |%s", noise.words, history == 0 ? "none" : history + " points", row);
            }
        }
        say("");
        say("The worst cell: %d of %,d, %s", worst, runs, interval(worst, runs));
    }

    private void rivals() {
        say("");
        say("Gates failed of %,d, healthy canary, one metric, 60 looks, by what people use", runs);
        say("");
        say("| series | %s | %s | %s | %s |", (Object[]) words());
        say("|---|---|---|---|---|");
        for (Noise noise : HEALTHY) {
            StringBuilder row = new StringBuilder();
            for (Rivals rival : Rivals.values()) {
                int failed = rival.failed(noise, 1, 60, runs);
                row.append(String.format(Locale.ROOT, " %.1f %% |", 100.0 * failed / runs));
            }
            say("| %s |%s", noise.words, row);
        }
    }

    private static String[] words() {
        List<String> words = new ArrayList<>();
        for (Rivals rival : Rivals.values()) {
            words.add(rival.words);
        }
        return words.toArray(String[]::new);
    }

    private void catches() {
        say("");
        say("Bad canaries failed, of %,d, and the median look; alpha %s, tolerance 0 unless said", runs, ALPHA);
        say("");
        say("| series | worse by | looks | oracle | with %d points of history | without |", HISTORY);
        say("|---|---|---|---|---|---|");
        for (Case one : SICK) {
            Result oracle = Catches.oracle(one, runs);
            Result history = Catches.ours(one, HISTORY, runs);
            Result none = Catches.ours(one, 0, runs);
            say(
                    "| %s%s | %.2f times | %d | %s | %s; %.2f of the power, %.2f of the delay | %s |",
                    one.noise().words,
                    one.metrics() == 1
                            ? ""
                            : "; " + one.worse() + " of " + one.metrics() + " metrics, tolerance " + one.tolerance(),
                    one.factor(),
                    one.looks(),
                    shown(oracle),
                    shown(history),
                    history.power() / oracle.power(),
                    (double) history.median() / oracle.median(),
                    shown(none));
        }
    }

    /** At the false alarm rate that Kayenta's judge really has on the same series. */
    private void besideKayenta() {
        say("");
        say("Kayenta's judge, once after 60 looks, and ours at the rate of false alarms that Kayenta really has");
        say("");
        say(
                "| series | worse by | false alarms of Kayenta | caught by Kayenta | caught by ours, 300 points of history |");
        say("|---|---|---|---|---|");
        for (Noise noise : new Noise[] {Noise.IID, Noise.AR_05, Noise.AR_08}) {
            int falsely = Rivals.KAYENTA_ONCE.failed(noise, 1, 60, runs);
            double rate = Math.max(1.0 / runs, (double) falsely / runs);
            for (double factor : new double[] {1.1, 1.2}) {
                int caught = Rivals.KAYENTA_ONCE.failed(noise, factor, 60, runs);
                Result ours = Catches.ours(new Case(noise, factor, 60, 0, 1, 1, rate), HISTORY, runs);
                say(
                        "| %s | %.2f times | %.2f %% | %.1f %% | %s |",
                        noise.words, factor, 100 * rate, 100.0 * caught / runs, shown(ours));
            }
        }
    }

    private void speed() {
        say("| a look at 20 metrics | about look 10 | about look 60 |");
        say("|---|---|---|");
        JudgeSpeed.rows().forEach(row -> say("%s", row));
        say("");
        say("Replayed, with interval and sentence at every look: %,.0f points a second", JudgeSpeed.replayed());
        say("1,000 gates with two metrics, 300 points of history and 30 looks hold %.0f MiB", JudgeSpeed.memory());
    }

    private static String shown(Result result) {
        return String.format(
                Locale.ROOT, "%.1f %%, look %s", 100 * result.power(), result.median() == 0 ? "-" : result.median());
    }

    /** Wilson's interval, 95 %. */
    private static String interval(int failed, int runs) {
        double z = 1.96;
        double share = (double) failed / runs;
        double centre = (share + z * z / 2 / runs) / (1 + z * z / runs);
        double width = z / (1 + z * z / runs) * Math.sqrt(share * (1 - share) / runs + z * z / 4 / runs / runs);
        return String.format(
                Locale.ROOT, "between %.2f %% and %.2f %% (95 %%)", 100 * (centre - width), 100 * (centre + width));
    }
}
