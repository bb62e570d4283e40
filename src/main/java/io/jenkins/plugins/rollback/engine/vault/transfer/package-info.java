/**
 * Brings archives from where they are to the vault: taken apart on one side, put together and compared on the other, and
 * only the pieces that the vault may not take from itself cross over.
 *
 * <p>Two streams between the sides. What the sender says is deflated as a whole (every Java can do that; Zstandard would
 * need its native library on every agent) and flushed where an answer is due. For each file, in the order that the
 * receiver has named, big-endian:
 *
 * <ol>
 *   <li>sender: the byte {@code WHOLE} when the file is to be sent in another way, and nothing more; else {@code APART},
 *       the number n of distinct pieces (4 bytes), and of each the first 20 bytes of its SHA-256;
 *   <li>receiver: n bits, lowest first, padded to bytes: 1 for the pieces that must not be sent;
 *   <li>sender: the operations, each a byte and what belongs to it: {@code STRUCTURE}, a length and so many bytes;
 *       {@code NEW}, the next of the pieces for the first time, with length and bytes unless they must not be sent;
 *       {@code AGAIN} and the number of a piece that came before; {@code DEFLATE} and a profile, to the matching
 *       {@code END}; {@code DONE}.
 * </ol>
 *
 * <p>Both sides run the same version of this code, so the format has no version. Nothing that arrives is believed: every
 * length has a limit, every piece is hashed again, and the whole is compared with what it should be.
 */
package io.jenkins.plugins.rollback.engine.vault.transfer;
