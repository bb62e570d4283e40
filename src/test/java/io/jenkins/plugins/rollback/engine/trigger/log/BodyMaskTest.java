package io.jenkins.plugins.rollback.engine.trigger.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.Test;

public class BodyMaskTest {

    private static String mask(String body, String... secrets) {
        return BodyMask.of(body.getBytes(StandardCharsets.UTF_8), List.of(secrets));
    }

    @Test
    public void layoutIsReadableAndWhatIsNoSecretStays() {
        assertThat(mask("{\"service\":\"checkout\",\"n\":1.50,\"on\":true,\"no\":null,\"list\":[\"a\",2]}"))
                .isEqualTo("{\n  \"service\" : \"checkout\",\n  \"n\" : 1.50,\n  \"on\" : true,\n  \"no\" : null,\n"
                        + "  \"list\" : [\n    \"a\",\n    2\n  ]\n}");
    }

    @Test
    public void valuesOfSecretKeysAreMaskedHoweverTheyAreWritten() {
        for (String body : List.of(
                "{\"token\":\"XYZZY\"}",
                "{\"\\u0074oken\":\"XYZZY\"}",
                "{\"a\":{\"API_KEY\":\"XYZZY\"}}",
                "{\"accessToken\":[\"XYZZY\",{\"x\":\"XYZZY\"}]}",
                "{\"Password\":{\"first\":\"XYZZY\"}}",
                "{\"Message\":\"{\\\"clientSecret\\\":\\\"XYZZY\\\"}\"}",
                "{\"u\":\"https://sns.example.org/?Action=Confirm&Token=XYZZY&x=1\"}",
                "{\"u\":\"https://joe:XYZZY@example.org/\"}",
                "{\"u\":\"https://joe:a/XYZZY@example.org/\"}",
                "{\"u\":\"Authorization: Bearer XYZZY\"}",
                "{\"u\":\"password=XYZZY\"}")) {
            assertThat(mask(body)).as(body).contains("****").doesNotContain("XYZZY");
        }
        assertThat(mask("{\"pin_token\":12345,\"after\":12}"))
                .contains("****", "12")
                .doesNotContain("12345");
        assertThat(mask("{\"secret\":[\"XYZZY\"],\"after\":\"shown\"}")).contains("shown");
    }

    @Test
    public void theAddressOfAPageIsNoSecret() {
        assertThat(mask("{\"u\":\"http://prometheus.example.org:9090/graph?g0.expr=up\"}"))
                .contains("http://prometheus.example.org:9090/graph?g0.expr=up");
    }

    @Test
    public void theEndpointsOwnSecretIsMaskedWhereverItStands() {
        assertThat(mask("{\"note\":\"it is s3cr\\u0065t!\",\"s3cret\":1}", "s3cret", ""))
                .isEqualTo("{\n  \"note\" : \"it is ****!\",\n  \"****\" : 1\n}");
    }

    @Test
    public void brokenTextIsShownAsFarAsItIsJsonAndNoFurther() {
        assertThat(mask("{\"service\":\"checkout\", token: XYZZY"))
                .contains("checkout")
                .endsWith(" ...")
                .doesNotContain("XYZZY");
        assertThat(mask("token=XYZZY")).isEmpty();
        assertThat(mask("\"XYZZY\"")).isEmpty();
        assertThat(mask("")).isEmpty();
        assertThat(mask("[".repeat(100_000))).hasSizeLessThan(1100);
    }

    @Test
    public void lengthIsBoundedWhateverIsSent() {
        assertThat(mask("{\"a\":\"" + "x".repeat(200_000) + "\",\"b\":1}"))
                .hasSizeLessThan(1200)
                .contains("\"b\"");
        String many = "{\"list\":[" + "\"yyyy\",".repeat(30_000) + "1]}";
        assertThat(mask(many)).hasSizeLessThan(BodyMask.MOST + 10).endsWith(" ...");
    }
}
