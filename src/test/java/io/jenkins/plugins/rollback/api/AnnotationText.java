package io.jenkins.plugins.rollback.api;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;

/** Prints annotations and their values as source text, every name in full. */
final class AnnotationText {

    private AnnotationText() {}

    /** @return for example {@code @java.lang.Deprecated(since = "2.1")} */
    static String of(AnnotationMirror annotation) {
        String values = annotation.getElementValues().entrySet().stream()
                .map(each -> each.getKey().getSimpleName() + " = " + value(each.getValue()))
                .collect(Collectors.joining(", "));
        return "@" + annotation.getAnnotationType() + (values.isEmpty() ? "" : "(" + values + ")");
    }

    /** @return the value as it stands in source text */
    static String value(AnnotationValue value) {
        return value.accept(
                new SimpleAnnotationValueVisitor14<String, Void>() {
                    @Override
                    protected String defaultAction(Object other, Void none) {
                        return value.toString();
                    }

                    @Override
                    public String visitType(TypeMirror type, Void none) {
                        return type + ".class";
                    }

                    @Override
                    public String visitEnumConstant(VariableElement constant, Void none) {
                        return constant.asType() + "." + constant.getSimpleName();
                    }

                    @Override
                    public String visitAnnotation(AnnotationMirror annotation, Void none) {
                        return of(annotation);
                    }

                    @Override
                    public String visitArray(List<? extends AnnotationValue> values, Void none) {
                        return values.stream().map(AnnotationText::value).collect(Collectors.joining(", ", "{", "}"));
                    }
                },
                null);
    }
}
