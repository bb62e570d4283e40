package io.jenkins.plugins.rollback.engine.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.Test;

public class PlannedBoundaryTest {

    /** Independent of how the lines were found: random walks are walked and counted. */
    @Test
    public void aWalkWithoutDirectionCrossesAsOftenAsPromised() {
        int walks = 100_000;
        for (int looks : new int[] {1, 6, 30, 300}) {
            PlannedBoundary boundary = PlannedBoundary.of(looks);
            Random random = new Random(looks);
            int crossed = 0;
            for (int walk = 0; walk < walks; walk++) {
                double sum = 0;
                for (int look = 1; look <= looks; look++) {
                    sum += random.nextGaussian();
                    if (boundary.logEvidence(look, sum / Math.sqrt(look)) >= Math.log(1 / 0.02)) {
                        crossed++;
                        break;
                    }
                }
            }
            // a standard deviation is 0.00044
            assertThat((double) crossed / walks).as(looks + " looks").isCloseTo(0.02, within(0.0018));
        }
    }

    @Test
    public void oneLookIsAnOrdinaryTest() {
        PlannedBoundary one = PlannedBoundary.of(1);
        assertThat(one.needed(1, Math.log(1 / 0.025))).isCloseTo(1.959964, within(0.003));
        assertThat(one.logEvidence(1, 3.090232)).isCloseTo(Math.log(1000), within(0.01));
    }

    @Test
    public void littleIsSpentAtFirstAndMostIsLeftForTheEnd() {
        PlannedBoundary five = PlannedBoundary.of(5);
        double first = five.needed(1, Math.log(1 / 0.025));
        // all of what is spent at the first of five looks: 0.025 / 25
        assertThat(Normal.tail(first)).isCloseTo(0.001, within(0.00001));
        assertThat(five.needed(5, Math.log(1 / 0.025))).isBetween(2.0, 2.2);
    }

    @Test
    public void whatIsNeededForEvidenceGivesIt() {
        for (int looks : new int[] {1, 7, 60, 200}) {
            PlannedBoundary boundary = PlannedBoundary.of(looks);
            for (double evidence : new double[] {1, 3, 4.6, 7.5, 20, 33}) {
                double z = boundary.needed(looks, evidence);
                assertThat(boundary.logEvidence(looks, z)).isCloseTo(evidence, within(1e-9));
                assertThat(boundary.logEvidence(looks, z - 1e-6)).isLessThan(evidence);
            }
        }
    }

    @Test
    public void afterThePlannedLooksThereIsNoEvidence() {
        PlannedBoundary boundary = PlannedBoundary.of(10);
        assertThat(boundary.logEvidence(11, 50)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(boundary.needed(11, 1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(boundary.logEvidence(10, -3)).isZero();
    }
}
