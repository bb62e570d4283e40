package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which releases are pinned. A release has one pin or none: the first one counts until it is taken back. */
final class PinTable {

    private final Map<ReleaseId, Pin> pins = new LinkedHashMap<>();

    void apply(Entry entry) {
        ReleaseId id = entry.release().orElse(null);
        if (id == null) {
            return;
        }
        switch (entry.kind()) {
            case RELEASE_PINNED -> pins.putIfAbsent(id, new Pin(id, entry.time(), entry.index()));
            case RELEASE_UNPINNED, RELEASE_DROPPED -> pins.remove(id);
            default -> {
                // says nothing about a pin
            }
        }
    }

    Optional<Pin> of(ReleaseId id) {
        return Optional.ofNullable(pins.get(id));
    }

    void save(StateWriter out) {
        out.each(pins.values(), pin -> {
            out.text(pin.release().service());
            out.text(pin.release().version());
            out.time(pin.since());
            out.number(pin.entry());
        });
    }

    void load(StateReader in) {
        in.each(() -> {
            Pin pin = new Pin(new ReleaseId(in.text(), in.text()), in.time(), in.number());
            pins.put(pin.release(), pin);
        });
    }
}
