/**
 * A deflater whose output never changes. Archives are taken apart when they are retained and deflated again when they
 * are restored, perhaps years later on another Java: the platform's zlib, which differs between JDKs and distributions,
 * must have no part in that.
 *
 * <p>The algorithm is that of zlib by Jean-loup Gailly and Mark Adler (versions 1.2.x and 1.3.x, whose output is the
 * same), and of the older deflate in GNU gzip and Info-ZIP; it is written anew here in Java. RFC 1951 describes the
 * format but not how matches are chosen, which is what equality needs.
 */
package io.jenkins.plugins.rollback.engine.vault.deflate;
