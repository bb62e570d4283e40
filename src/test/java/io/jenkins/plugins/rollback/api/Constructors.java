package io.jenkins.plugins.rollback.api;

import java.util.Comparator;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** Chooses the constructor by which a signature can be extended, so that the compiler does not add one of its own. */
final class Constructors {

    private Constructors() {}

    /** @return the most accessible constructor, of these the one with the fewest parameters; none for an interface */
    static Optional<ExecutableElement> simplest(TypeElement type) {
        return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .min(Comparator.comparingInt(Constructors::hidden)
                        .thenComparingInt(each -> each.getParameters().size())
                        .thenComparing(Object::toString));
    }

    private static int hidden(ExecutableElement constructor) {
        if (constructor.getModifiers().contains(Modifier.PUBLIC)) {
            return 0;
        }
        if (constructor.getModifiers().contains(Modifier.PROTECTED)) {
            return 1;
        }
        return constructor.getModifiers().contains(Modifier.PRIVATE) ? 3 : 2;
    }
}
