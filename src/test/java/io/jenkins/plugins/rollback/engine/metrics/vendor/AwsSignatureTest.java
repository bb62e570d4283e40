package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.Test;

/**
 * AWS' own examples: the "Signature Version 4 test suite" (named after its folders) and the request to IAM of the General
 * Reference, "Examples of the complete Signature Version 4 signing process".
 */
public class AwsSignatureTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
    private static final MetricSecret SECRET =
            new MetricSecret("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    @Test
    public void getVanilla() throws Exception {
        assertThat(signature("service", get("https://example.amazonaws.com/")))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, "
                        + "Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    public void postVanilla() throws Exception {
        Request request = new Request.Builder()
                .url("https://example.amazonaws.com/")
                .post(RequestBody.create(new byte[0], null))
                .build();
        assertThat(signature("service", request))
                .endsWith("SignedHeaders=host;x-amz-date, "
                        + "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    public void getVanillaQueryOrderKeyCase() throws Exception {
        assertThat(signature("service", get("https://example.amazonaws.com/?Param2=value2&Param1=value1")))
                .endsWith("Signature=b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @Test
    public void postXWwwFormUrlencoded() throws Exception {
        Request request = new Request.Builder()
                .url("https://example.amazonaws.com/")
                .post(RequestBody.create(
                        "Param1=value1".getBytes(StandardCharsets.UTF_8),
                        MediaType.get("application/x-www-form-urlencoded")))
                .build();
        assertThat(signature("service", request))
                .endsWith("SignedHeaders=content-type;host;x-amz-date, "
                        + "Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    public void listUsersOfTheGeneralReference() throws Exception {
        Request request = get("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")
                .newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .build();
        assertThat(signature("iam", request))
                .endsWith("Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    @Test
    public void aPortIsPartOfTheHost() throws Exception {
        Request signed = new AwsSignature("us-east-1", "service", CLOCK).sign(get("http://localhost:4566/"), SECRET);
        assertThat(signed.header("Authorization")).contains("SignedHeaders=host;x-amz-date");
        assertThat(signature("service", get("http://localhost:4566/")))
                .isNotEqualTo(signature("service", get("http://localhost:4567/")));
    }

    @Test
    public void oneTextAloneIsNoKey() {
        assertThatThrownBy(() -> new AwsSignature("us-east-1", "service", CLOCK)
                        .sign(get("https://example.amazonaws.com/"), new MetricSecret(null, "hunter2")))
                .hasMessageContaining("access key id")
                .hasMessageNotContaining("hunter2");
    }

    private static Request get(String url) {
        return new Request.Builder().url(url).build();
    }

    private static String signature(String service, Request request) throws Exception {
        return new AwsSignature("us-east-1", service, CLOCK)
                .sign(request, SECRET)
                .header("Authorization");
    }
}
