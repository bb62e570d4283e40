/**
 * Takes archives apart: zip and jar, tar, gzip, and any of them inside another. Nothing here understands an archive more
 * than it must: it cuts bytes into pieces that put together in their order are the archive again, whatever else is
 * wrong with it.
 */
package io.jenkins.plugins.rollback.engine.vault.archive;
