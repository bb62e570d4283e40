package io.jenkins.plugins.rollback.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.Test;

public class NamesTest {

    /** The rule as a pattern, to compare with. */
    private static final Pattern RULE = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9][A-Za-z0-9._+-]{0,127}");

    private static final String SIGNS = "aZ09..._+-/@ \u00e9\n";

    @Test
    public void allowsWhatItsRuleAllowsAndNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(6); length > 0; length--) {
                name.append(SIGNS.charAt(random.nextInt(random.nextInt(4) == 0 ? SIGNS.length() : 10)));
            }
            assertThat(Names.isValid(name.toString()))
                    .as("'%s'", name)
                    .isEqualTo(RULE.matcher(name).matches());
        }
        for (char c = 0; c < 0x2100; c++) {
            assertThat(Names.isValid("a" + c))
                    .as("%x", (int) c)
                    .isEqualTo(RULE.matcher("a" + c).matches());
        }
        assertThat(Names.isValid("a".repeat(128))).isTrue();
        assertThat(Names.isValid("a".repeat(129))).isFalse();
        assertThat(Names.isValid(null)).isFalse();
    }

    @Test
    public void saysWhatIsWrong() {
        assertThatThrownBy(() -> Names.require("service", "../etc"))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining("service '../etc' is not a valid name");
        assertThatThrownBy(() -> Names.require("service", "")).hasMessage("service is missing");
        assertThat(Names.require("service", "check-out.v2")).isEqualTo("check-out.v2");
    }
}
