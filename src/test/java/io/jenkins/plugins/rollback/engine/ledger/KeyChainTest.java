package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.Test;

/** Whose key an entry changes, and what somebody else can make of it. */
public class KeyChainTest {

    private static final String ORIGIN = "ledger.test/shared/1";
    private static final String UNKNOWN = "0".repeat(64);

    private final SigningKey a = key();
    private final SigningKey b = key();
    private final SigningKey c = key();
    private final SigningKey x = key();
    private final KeyChain chain = new KeyChain();
    private long size;

    private static SigningKey key() {
        return SigningKey.create(ORIGIN, new SecureRandom());
    }

    private void shared(HandOver change) {
        chain.add(entry(change, true));
    }

    private Entry entry(HandOver change, boolean shared) {
        Event event = Event.of(change.signature() == null ? EventKind.EPOCH_STARTED : EventKind.KEY_ROTATED);
        change.into(event);
        if (event.kind() == EventKind.EPOCH_STARTED) {
            event.with("why", "lost").with("size", 0).with("root", "");
        }
        if (shared) {
            event.with(SharedLedger.CONTROLLER, "one");
        }
        byte[] bytes = Envelope.encode(event, Envelope.data(event), Instant.EPOCH, 0, UNKNOWN, null);
        return Envelope.decode(size++, bytes);
    }

    private static HandOver from(SigningKey old, SigningKey next) {
        return HandOver.sign(old, old.verifier(), next);
    }

    private static HandOver lost(SigningKey old, SigningKey next) {
        return HandOver.sign(null, old.verifier(), next);
    }

    private void assertKeys(SigningKey present, String expected) {
        assertThat(chain.leadingTo(present.verifier())).hasToString(expected);
    }

    private static String line(long from, SigningKey key) {
        return from + " " + key.verifier() + "\n";
    }

    @Test
    public void eachCopyFindsItsOwnSteps() {
        shared(from(a, b));
        shared(from(x, key()));
        shared(from(b, c));
        assertKeys(c, line(0, a) + line(0, b) + line(2, c));
        SigningKey alone = key();
        assertKeys(alone, line(0, alone));
    }

    @Test
    public void nobodyPutsAKeyBeforeOrBehindThatOfAnother() {
        shared(from(a, b));
        shared(new HandOver(x.verifier(), b.verifier(), from(x, b).signature(), null)); // without the consent of b
        shared(new HandOver(x.verifier(), a.verifier(), from(x, a).signature(), null));
        shared(lost(b, x)); // without the signature of b
        shared(from(a, b)); // said once more
        assertKeys(b, line(0, a) + line(0, b));
        assertThat(chain.notes()).isEmpty();
        HandOver forged = new HandOver(
                b.verifier(), x.verifier(), from(x, x).signature(), from(b, x).consent());
        assertThatThrownBy(() -> shared(forged)).hasMessageStartingWith("data.signature: ");
        HandOver unasked = new HandOver(
                x.verifier(), b.verifier(), from(x, b).signature(), from(x, c).consent());
        assertThatThrownBy(() -> shared(unasked)).hasMessageStartingWith("data.consent: ");
    }

    @Test
    public void aLostKeyCountsWhereItLeadsToTheOneThatSigns() {
        shared(lost(a, b));
        shared(from(b, c));
        assertKeys(c, line(0, a) + line(0, b) + line(1, c));
        assertThat(chain.notes()).hasSize(1);
        assertKeys(a, line(0, a));
    }

    @Test
    public void whoSignedForAnotherKeyShowsAtTheEnd() {
        shared(from(a, x)); // by somebody who had stolen a
        shared(from(a, b));
        assertThat(chain.leadingTo(b.verifier()).newest()).isEqualTo(x.verifier());
        assertThat(chain.leadingTo(a.verifier()).newest()).isEqualTo(x.verifier());
    }

    @Test
    public void inALedgerWithOneOwnerEveryStepLeadsFromTheLast() {
        chain.add(entry(from(a, b), false));
        Entry foreign = entry(from(x, c), false);
        assertThatThrownBy(() -> chain.add(foreign)).hasMessageStartingWith("data.previous: ");
        chain.add(entry(from(b, c), false));
        assertKeys(c, line(0, a) + line(0, b) + line(2, c));
    }
}
