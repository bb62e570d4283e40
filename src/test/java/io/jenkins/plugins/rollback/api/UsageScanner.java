package io.jenkins.plugins.rollback.api;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Walks attributed sources and tells {@link UsedApi} each Jenkins type and member that they name or override. */
final class UsageScanner extends TreePathScanner<Void, Void> {

    private final Trees trees;
    private final Elements elements;
    private final UsedApi used;

    UsageScanner(Trees trees, Elements elements, UsedApi used) {
        this.trees = trees;
        this.elements = elements;
        this.used = used;
    }

    private void useHere() {
        Element element = trees.getElement(getCurrentPath());
        if (element != null) {
            used.use(element);
        }
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void none) {
        useHere();
        return super.visitIdentifier(tree, none);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree tree, Void none) {
        useHere();
        return super.visitMemberSelect(tree, none);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree tree, Void none) {
        useHere();
        extend(trees.getTypeMirror(getCurrentPath()));
        return super.visitMemberReference(tree, none);
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void none) {
        extend(trees.getTypeMirror(getCurrentPath()));
        return super.visitLambdaExpression(tree, none);
    }

    @Override
    public Void visitNewClass(NewClassTree tree, Void none) {
        useHere();
        return super.visitNewClass(tree, none);
    }

    /** A resource is closed by a method that no source names. */
    @Override
    public Void visitTry(TryTree tree, Void none) {
        for (Tree resource : tree.getResources()) {
            TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), resource));
            if (type != null && type.getKind() == TypeKind.DECLARED) {
                TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
                ElementFilter.methodsIn(elements.getAllMembers(element)).stream()
                        .filter(method -> method.getSimpleName().contentEquals("close")
                                && method.getParameters().isEmpty())
                        .forEach(used::use);
            }
        }
        return super.visitTry(tree, none);
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
        Element element = trees.getElement(getCurrentPath());
        if (element instanceof TypeElement) {
            extend(((TypeElement) element).getSuperclass());
            ((TypeElement) element).getInterfaces().forEach(this::extend);
        }
        return super.visitClass(tree, none);
    }

    /** What a method overrides must be declared, or {@code @Override} would be refused and a bridge left out. */
    @Override
    public Void visitMethod(MethodTree tree, Void none) {
        Element element = trees.getElement(getCurrentPath());
        if (element != null && element.getKind() == ElementKind.METHOD) {
            TypeElement owner = (TypeElement) element.getEnclosingElement();
            for (TypeElement parent : used.supertypes(owner)) {
                for (ExecutableElement method : ElementFilter.methodsIn(parent.getEnclosedElements())) {
                    if (elements.overrides((ExecutableElement) element, method, owner)) {
                        used.use(method);
                    }
                }
            }
        }
        return super.visitMethod(tree, none);
    }

    private void extend(TypeMirror type) {
        if (type != null && type.getKind() == TypeKind.DECLARED) {
            used.extend((TypeElement) ((DeclaredType) type).asElement());
        }
    }
}
