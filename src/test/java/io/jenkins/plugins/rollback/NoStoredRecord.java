package io.jenkins.plugins.rollback;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A field that XStream would write must not be of a record type, nor a collection of records. */
final class NoStoredRecord extends ArchCondition<JavaField> {

    NoStoredRecord() {
        super("be transient or hold no record");
    }

    @Override
    public void check(JavaField field, ConditionEvents events) {
        boolean jenkinsLayer = !field.getOwner().getPackageName().contains(".engine");
        boolean stored = !field.getModifiers().contains(JavaModifier.TRANSIENT)
                && !field.getModifiers().contains(JavaModifier.STATIC);
        boolean record = field.getType().getAllInvolvedRawTypes().stream().anyMatch(type -> type.isRecord());
        if (jenkinsLayer && !field.getOwner().isRecord() && stored && record) {
            events.add(SimpleConditionEvent.violated(field, field.getFullName() + " stores a record"));
        }
    }
}
