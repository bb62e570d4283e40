package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.Random;
import org.junit.Test;

public class CanonicalJsonTest {

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    public void rfc8785Section3_2_2() throws Exception {
        String input =
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""";
        assertThat(canonical(input))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    public void rfc8785Section3_2_4_bytes() throws Exception {
        String input = "{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"
                + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\"literals\":[null,true,false]}";
        String expected = "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333"
                + "333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac"
                + "245c75303030665c6e4127425c225c5c5c5c5c222f227d";
        assertThat(HexFormat.of().formatHex(CanonicalJson.bytes("x", mapper.readTree(input))))
                .isEqualTo(expected);
    }

    @Test
    public void rfc8785Section3_2_3_sortsKeysByUtf16CodeUnits() throws Exception {
        String input = "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With"
                + " Dagesh\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
                + "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}";
        assertThat(mapper.readTree(canonical(input)))
                .extracting(node -> node.asText())
                .containsExactly(
                        "Carriage Return",
                        "One",
                        "Control",
                        "Latin Small Letter O With Diaeresis",
                        "Euro Sign",
                        "Emoji: Grinning Face",
                        "Hebrew Letter Dalet With Dagesh");
    }

    @Test
    public void rfc8785AppendixB_numbers() {
        String[][] samples = {
            {"0000000000000000", "0"},
            {"8000000000000000", "0"},
            {"0000000000000001", "5e-324"},
            {"8000000000000001", "-5e-324"},
            {"7fefffffffffffff", "1.7976931348623157e+308"},
            {"ffefffffffffffff", "-1.7976931348623157e+308"},
            {"4340000000000000", "9007199254740992"},
            {"c340000000000000", "-9007199254740992"},
            {"4430000000000000", "295147905179352830000"},
            {"44b52d02c7e14af5", "9.999999999999997e+22"},
            {"44b52d02c7e14af6", "1e+23"},
            {"44b52d02c7e14af7", "1.0000000000000001e+23"},
            {"444b1ae4d6e2ef4e", "999999999999999700000"},
            {"444b1ae4d6e2ef4f", "999999999999999900000"},
            {"444b1ae4d6e2ef50", "1e+21"},
            {"3eb0c6f7a0b5ed8c", "9.999999999999997e-7"},
            {"3eb0c6f7a0b5ed8d", "0.000001"},
            {"41b3de4355555553", "333333333.3333332"},
            {"41b3de4355555554", "333333333.33333325"},
            {"41b3de4355555555", "333333333.3333333"},
            {"41b3de4355555556", "333333333.3333334"},
            {"41b3de4355555557", "333333333.33333343"},
            {"becbf647612f3696", "-0.0000033333333333333333"},
            {"43143ff3c1cb0959", "1424953923781206.2"},
        };
        for (String[] sample : samples) {
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(sample[0], 16));
            assertThat(CanonicalNumber.format(value)).as(sample[0]).isEqualTo(sample[1]);
        }
    }

    /** Every power of two has unequal neighbours, where shortest-digit algorithms go wrong; then random bits. */
    @Test
    public void numbersReadBackAndAreNeverLongerThanJavaWritesThem() {
        for (int exponent = -1074; exponent < 1024; exponent++) {
            roundTrip(Math.scalb(1.0, exponent));
        }
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(value) && !Double.isInfinite(value)) {
                roundTrip(value);
            }
        }
    }

    private static void roundTrip(double value) {
        String text = CanonicalNumber.format(value);
        assertThat(Double.parseDouble(text)).isEqualTo(value);
        assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
    }

    private static int digits(String number) {
        String mantissa = number.replaceAll("[eE].*", "").replaceAll("[-.]", "");
        return mantissa.replaceAll("^0+", "").replaceAll("0+$", "").length();
    }

    @Test
    public void refusesWhatHasNoCanonicalFormAndNamesIt() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("a").putArray("b").add(1).add(Double.NaN);
        assertThatThrownBy(() -> CanonicalJson.bytes("data", data))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("data.a.b[1]: NaN");

        assertThatThrownBy(() -> CanonicalJson.bytes("data", JsonNodeFactory.instance.numberNode((1L << 53) + 1)))
                .hasMessageContaining("9007199254740993")
                .hasMessageContaining("string");
        assertThatThrownBy(() -> CanonicalJson.bytes("data", JsonNodeFactory.instance.textNode("x\ud83d")))
                .hasMessageStartingWith("data: ");
    }

    @Test
    public void refusesBottomlessNesting() {
        ObjectNode top = JsonNodeFactory.instance.objectNode();
        ObjectNode node = top;
        for (int i = 0; i < 5_000; i++) {
            node = node.putObject("n");
        }
        assertThatThrownBy(() -> CanonicalJson.bytes("data", top))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("nested");
    }

    @Test
    public void isStableWhenReadAgain() throws Exception {
        String once = canonical("{\"z\":1.0,\"a\":295147905179352830000,\"e\":1e21,\"l\":123456789012,\"m\":-0.0}");
        assertThat(once).isEqualTo("{\"a\":295147905179352830000,\"e\":1e+21,\"l\":123456789012,\"m\":0,\"z\":1}");
        assertThat(canonical(once)).isEqualTo(once);
    }

    private String canonical(String json) throws Exception {
        return CanonicalJson.text("x", mapper.readTree(json));
    }
}
