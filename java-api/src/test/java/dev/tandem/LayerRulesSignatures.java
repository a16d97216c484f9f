package dev.tandem;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What a public class may show to others. */
final class LayerRulesSignatures {
    private LayerRulesSignatures() {
    }

    static ArchCondition<JavaClass> notShow(String packagePrefix) {
        return new ArchCondition<>("not show " + packagePrefix + " in public members") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                    if (method.getModifiers().contains(JavaModifier.PUBLIC)) {
                        check(type, method.getRawReturnType(), method.getFullName(), events);
                        method.getRawParameterTypes().forEach(p -> check(type, p, method.getFullName(), events));
                    }
                }
                for (JavaField field : type.getFields()) {
                    if (field.getModifiers().contains(JavaModifier.PUBLIC)) {
                        check(type, field.getRawType(), field.getFullName(), events);
                    }
                }
            }

            private void check(JavaClass type, JavaClass shown, String where, ConditionEvents events) {
                if (shown.getName().startsWith(packagePrefix)) {
                    events.add(SimpleConditionEvent.violated(type, where + " shows " + shown.getName()));
                }
            }
        };
    }
}
