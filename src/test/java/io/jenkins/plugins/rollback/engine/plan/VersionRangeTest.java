package io.jenkins.plugins.rollback.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.Test;

public class VersionRangeTest {

    @Test
    public void versionsAreOrderedAsPeopleReadThem() {
        List<String> ordered = List.of(
                "0.9",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.2",
                "1.10",
                "2.0-SNAPSHOT",
                "2",
                "2.0.1",
                "2026.11.22",
                "20261122");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(4));
        shuffled.sort(VersionOrder.INSTANCE);
        assertThat(shuffled).isEqualTo(ordered);
        assertThat(VersionOrder.INSTANCE.compare("1.4", "1.4.0")).isZero();
        assertThat(VersionOrder.INSTANCE.compare("1.4+build7", "1.4+build8")).isZero();
        assertThat(VersionOrder.INSTANCE.compare("9".repeat(40), "1" + "0".repeat(40)))
                .isNegative();
    }

    @Test
    public void aRangeContainsWhatItSays() {
        assertContains(">=2.1 <3", "2.1", "2.9.9", "2.1.0+x");
        assertLacks(">=2.1 <3", "2.0.9", "3", "2.1-rc.1");
        assertContains("> 2 <= 2.5", "2.0.1", "2.5.0");
        assertContains("2.*", "2", "2.0", "2.10.3");
        assertLacks("2.*", "20", "3.0");
        assertContains("*", "anything", "1-rc");
        assertContains("1.4.2", "1.4.2");
        assertContains("<2 || >=2.5", "1.9", "2.5");
        assertLacks("<2 || >=2.5", "2.4");
    }

    private static void assertContains(String range, String... versions) {
        for (String version : versions) {
            assertThat(VersionRange.parse(range).contains(version))
                    .as("%s in %s", version, range)
                    .isTrue();
        }
    }

    private static void assertLacks(String range, String... versions) {
        for (String version : versions) {
            assertThat(VersionRange.parse(range).contains(version))
                    .as("%s in %s", version, range)
                    .isFalse();
        }
    }

    @Test
    public void whatIsNoRangeIsRefused() {
        for (String text : List.of("", " ", "||", "1 ||", ">", "=>2", "~2", "^1.2", "2,3", "$(id)")) {
            assertThatThrownBy(() -> VersionRange.parse(text))
                    .as("'%s'", text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected for example");
        }
    }
}
