package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.Test;

public class AntPatternTest {

    private static AntPattern pattern(String text) {
        return AntPattern.parseList(text).get(0);
    }

    @Test
    public void starStaysWithinAName() {
        assertThat(pattern("target/*.jar").matches("target/app.jar")).isTrue();
        assertThat(pattern("target/*.jar").matches("target/.jar")).isTrue();
        assertThat(pattern("target/*.jar").matches("target/lib/app.jar")).isFalse();
        assertThat(pattern("target/*.jar").matches("target/app.jar.md5")).isFalse();
        assertThat(pattern("*-*.zip").matches("a-b-c.zip")).isTrue();
    }

    @Test
    public void questionMarkIsOneCharacter() {
        assertThat(pattern("v?.txt").matches("v1.txt")).isTrue();
        assertThat(pattern("v?.txt").matches("v.txt")).isFalse();
        assertThat(pattern("v?.txt").matches("v12.txt")).isFalse();
    }

    @Test
    public void twoStarsAreAnyNumberOfFolders() {
        assertThat(pattern("deploy/**").matches("deploy/a")).isTrue();
        assertThat(pattern("deploy/**").matches("deploy/a/b/c")).isTrue();
        assertThat(pattern("deploy/**").matches("deployed")).isFalse();
        assertThat(pattern("**/*.war").matches("x.war")).isTrue();
        assertThat(pattern("**/*.war").matches("a/b/x.war")).isTrue();
        assertThat(pattern("a/**/b/**/c").matches("a/b/c")).isTrue();
        assertThat(pattern("a/**/b/**/c").matches("a/1/2/b/3/c")).isTrue();
        assertThat(pattern("a/**/b/**/c").matches("a/1/2/c")).isFalse();
        assertThat(pattern("**").matches(".git/config")).isTrue();
    }

    @Test
    public void aTrailingSlashIsEverythingBelow() {
        assertThat(pattern("deploy/").matches("deploy/a/b")).isTrue();
        assertThat(pattern("./deploy/").matches("deploy/a")).isTrue();
        assertThat(pattern("deploy").matches("deploy/a")).isFalse();
    }

    @Test
    public void caseMatters() {
        assertThat(pattern("*.JAR").matches("a.jar")).isFalse();
    }

    @Test
    public void backslashesSeparateAsInAnt() {
        assertThat(pattern("target\\*.jar").matches("target/a.jar")).isTrue();
    }

    @Test
    public void aListIsSplitAtCommasAndTrimmed() {
        assertThat(AntPattern.parseList(" target/*.jar, deploy/** ,,")).hasSize(2);
        assertThat(pattern("my file.txt").matches("my file.txt")).isTrue();
    }

    @Test
    public void onlyFoldersThatCanMatchAreEntered() {
        AntPattern pattern = pattern("target/*/x/**/y.jar");
        assertThat(pattern.mayMatchBelow("target")).isTrue();
        assertThat(pattern.mayMatchBelow("target/1")).isTrue();
        assertThat(pattern.mayMatchBelow("target/1/x/2/3")).isTrue();
        assertThat(pattern.mayMatchBelow("target/1/z")).isFalse();
        assertThat(pattern.mayMatchBelow(".git")).isFalse();
        assertThat(pattern("a/b").mayMatchBelow("a/b")).isFalse();
    }

    @Test
    public void aPatternThatLeavesTheFolderIsRefused() {
        for (String bad : new String[] {"../x", "a/../../x", "/etc/passwd", "C:\\x", "a/..", "\\\\server\\share"}) {
            assertThatThrownBy(() -> AntPattern.parseList("ok, " + bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bad)
                    .hasMessageContaining("leaves the folder");
        }
        assertThatThrownBy(() -> AntPattern.parseList(" , ")).hasMessageContaining("no pattern");
    }

    @Test(timeout = 20_000)
    public void noPatternTakesExponentialTime() {
        AntPattern folders = pattern("**/a/".repeat(40) + "**/b");
        AntPattern name = pattern("*a".repeat(60) + "b");
        long start = System.nanoTime();
        assertThat(folders.matches("a/".repeat(400) + "c")).isFalse();
        assertThat(name.matches("a".repeat(3000))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
