package io.jenkins.plugins.rollback.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleAnnotationValueVisitor14;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Lists the types that a declaration mentions. */
final class TypesIn {

    private final Set<TypeElement> found = new LinkedHashSet<>();

    private TypesIn() {}

    /** @return what the declaration line of a type mentions: bounds, superclass, interfaces */
    static Set<TypeElement> header(TypeElement type) {
        TypesIn in = new TypesIn();
        type.getTypeParameters().forEach(each -> each.getBounds().forEach(in::add));
        in.add(type.getSuperclass());
        type.getInterfaces().forEach(in::add);
        return in.found;
    }

    /** @return what a field, method or constructor mentions, bodies left out */
    static Set<TypeElement> member(Element member) {
        TypesIn in = new TypesIn();
        if (member instanceof ExecutableElement) {
            ExecutableElement method = (ExecutableElement) member;
            method.getTypeParameters().forEach(each -> each.getBounds().forEach(in::add));
            in.add(method.getReturnType());
            method.getParameters().forEach(each -> in.add(each.asType()));
            method.getThrownTypes().forEach(in::add);
            if (method.getDefaultValue() != null) {
                in.add(method.getDefaultValue());
            }
        } else {
            in.add(member.asType());
        }
        return in.found;
    }

    /** @return an annotation's own type and those among its values */
    static Set<TypeElement> annotation(AnnotationMirror annotation) {
        TypesIn in = new TypesIn();
        in.add(annotation.getAnnotationType());
        annotation.getElementValues().values().forEach(in::add);
        return in.found;
    }

    private void add(TypeMirror type) {
        type.accept(
                new SimpleTypeVisitor14<Void, Void>() {
                    @Override
                    public Void visitDeclared(DeclaredType declared, Void none) {
                        found.add((TypeElement) declared.asElement());
                        add(declared.getEnclosingType());
                        declared.getTypeArguments().forEach(TypesIn.this::add);
                        return null;
                    }

                    @Override
                    public Void visitArray(ArrayType array, Void none) {
                        add(array.getComponentType());
                        return null;
                    }

                    @Override
                    public Void visitIntersection(IntersectionType intersection, Void none) {
                        intersection.getBounds().forEach(TypesIn.this::add);
                        return null;
                    }

                    @Override
                    public Void visitWildcard(WildcardType wildcard, Void none) {
                        if (wildcard.getExtendsBound() != null) {
                            add(wildcard.getExtendsBound());
                        }
                        if (wildcard.getSuperBound() != null) {
                            add(wildcard.getSuperBound());
                        }
                        return null;
                    }
                },
                null);
    }

    private void add(AnnotationValue value) {
        value.accept(
                new SimpleAnnotationValueVisitor14<Void, Void>() {
                    @Override
                    public Void visitType(TypeMirror type, Void none) {
                        add(type);
                        return null;
                    }

                    @Override
                    public Void visitEnumConstant(VariableElement constant, Void none) {
                        add(constant.asType());
                        return null;
                    }

                    @Override
                    public Void visitAnnotation(AnnotationMirror annotation, Void none) {
                        found.addAll(TypesIn.annotation(annotation));
                        return null;
                    }

                    @Override
                    public Void visitArray(List<? extends AnnotationValue> values, Void none) {
                        values.forEach(TypesIn.this::add);
                        return null;
                    }
                },
                null);
    }
}
