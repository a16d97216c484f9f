package dev.tandem.hil.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Reports know nothing of what was measured. */
class LayersTest {

    @Test
    void reportsKnowNothingOfModelsAndLinks() {
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tandem.hil.report");
        noClasses().should().dependOnClassesThat(
                DescribedPredicate.describe("are of another package of ours",
                        type -> type.getPackageName().startsWith("dev.tandem.")
                                && !type.getPackageName().equals("dev.tandem.hil.report")))
                .check(classes);
    }
}
