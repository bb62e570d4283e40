package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.Printable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in one line what is wrong when S3 refuses. */
final class S3Errors {

    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    private static final int FORBIDDEN = 403;
    private static final int MOVED = 301;
    private static final int FULL = 507;

    private S3Errors() {}

    /** The HTTP status with which S3 refused; 0 when there was no answer. */
    static int status(SdkException e) {
        return e instanceof S3Exception refused ? refused.statusCode() : 0;
    }

    static StoreException of(String store, S3Settings settings, StoreSecret secret, SdkException e) {
        String what = e instanceof S3Exception refused ? refused(settings, refused) : unanswered(e);
        return new StoreException(store, StoreSecret.mask(secret, what), e);
    }

    private static String refused(S3Settings settings, S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        String message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        String said = "S3 answered HTTP " + e.statusCode() + (code.isEmpty() ? "" : " (" + Printable.of(code) + ")");
        String why = why(settings, e.statusCode(), code, message);
        return said + ": " + (why.isEmpty() ? Printable.of(message) : why);
    }

    private static String why(S3Settings settings, int status, String code, String message) {
        if (code.equals("RequestTimeTooSkewed")) {
            return "this machine's clock differs from the store's by more than S3 allows (15 minutes)";
        }
        if (code.equals("NoSuchBucket")) {
            return "there is no such bucket";
        }
        if (settings.lockDays() > 0
                && message.toLowerCase(java.util.Locale.ROOT).contains("object lock")) {
            return "the bucket has no object lock, which can only be switched on for a bucket, not for an object";
        }
        if (status == FULL || code.contains("Quota") || code.contains("StorageFull")) {
            return "the store is full";
        }
        if (status == MOVED || code.equals("AuthorizationHeaderMalformed")) {
            return "the bucket is in another region than " + settings.region();
        }
        if (status == FORBIDDEN || code.equals("InvalidAccessKeyId") || code.equals("SignatureDoesNotMatch")) {
            return "the credentials are refused, or may not do this";
        }
        return code.equals("BadDigest") || code.contains("Checksum")
                ? "what was sent does not have the hash that it should; nothing is stored"
                : "";
    }

    private static String unanswered(SdkException e) {
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return "it gave no answer in time";
        }
        String reason = StoreException.reason(e);
        return reason.contains("credentials") ? "no credentials were given, and none found on this machine" : reason;
    }
}
