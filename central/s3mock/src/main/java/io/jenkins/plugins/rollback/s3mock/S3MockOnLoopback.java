package io.jenkins.plugins.rollback.s3mock;

import com.adobe.testing.s3mock.S3MockApplication;
import java.io.IOException;

/** Starts S3Mock where nobody else can reach it, says its port, and ends when its standard input does. */
public final class S3MockOnLoopback {

    private S3MockOnLoopback() {}

    /** Arguments: properties of S3Mock as {@code --name=value}. */
    public static void main(String[] args) throws IOException {
        S3MockApplication server = S3MockApplication.start(args);
        System.out.println("port " + server.getHttpPort());
        while (System.in.read() >= 0) {
            // whoever started it lives
        }
        server.stop();
        System.exit(0);
    }
}
