package io.jenkins.plugins.rollback.engine.vault.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.Test;

/** Names as registries accept them. */
public class OciNamesTest {

    private static final String ALPHABET = "abz019AZ._+-x";

    @Test
    public void whatRegistriesAllowStaysReadable() throws Exception {
        assertThat(OciNames.encode("check-out.v2")).isEqualTo("check-out.v2");
        assertThat(OciNames.encode("Shop_2")).isEqualTo("x__53hop_5f2");
        assertThat(OciNames.encode("a--b.")).isEqualTo("a_2d_2db_2e");
        assertThat(OciNames.tag("s", "1.0.0+build_7")).isEqualTo("1.0.0_.build__7");
    }

    @Test
    public void everyNameComesBackAndNoTwoAreTheSame() throws Exception {
        Random random = new Random(20261123);
        Map<String, String> repositories = new HashMap<>();
        Set<String> tags = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(7); length > 0; length--) {
                name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            if (Names.isValid(name.toString()) && names.add(name.toString())) {
                String repository = OciNames.repository("s", "p", name.toString());
                assertThat(repository).matches("p/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*");
                assertThat(repositories.put(repository, name.toString())).isNull();
                assertThat(OciNames.service("p", repository)).contains(name.toString());
                String tag = OciNames.tag("s", name.toString());
                assertThat(tag).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
                assertThat(tags.add(tag)).isTrue();
                assertThat(OciNames.version(tag)).contains(name.toString());
            }
        }
        assertThat(names).hasSizeGreaterThan(1_000);
    }

    @Test
    public void strangersAreNotTaken() {
        assertThat(OciNames.service("p", "q/shop")).isEmpty();
        assertThat(OciNames.service("p", "p/a/b")).isEmpty();
        assertThat(OciNames.service("p", "p/_41")).isEmpty();
        assertThat(OciNames.version("1.0_x")).isEmpty();
        assertThat(OciNames.version("1.0_")).isEmpty();
    }
}
