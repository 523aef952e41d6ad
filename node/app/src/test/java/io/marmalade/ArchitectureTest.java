package io.marmalade;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that Maven cannot see. */
class ArchitectureTest {
    private static JavaClasses classes = new ClassFileImporter().importClasses();

    @BeforeAll
    static void readClasses() {
        classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.marmalade");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.marmalade.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTheEdgeNamesAnEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.marmalade.app..",
                        "io.marmalade.bench..",
                        "io.marmalade.conformance..",
                        "io.marmalade.bench..",
                        "io.marmalade.pvm.interpreter..",
                        "io.marmalade.pvm.jit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.marmalade.pvm.interpreter..", "io.marmalade.pvm.jit..")
                .check(classes);
    }

    @Test
    void theMachineKnowsNothingOfTheChain() {
        noClasses()
                .that()
                .resideInAPackage("io.marmalade.pvm..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.marmalade.pvm..",
                        "java..",
                        "javax..",
                        "jdk..",
                        "org.jspecify..",
                        "org.objectweb.asm..")
                .check(classes);
    }

    @Test
    void theTransitionIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.marmalade.transition..",
                        "io.marmalade.invocation..",
                        "io.marmalade.state..",
                        "io.marmalade.block..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.net..", "java.time..", "org.slf4j..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Random|concurrent\\.ThreadLocalRandom)|java\\.security\\.SecureRandom")
                .check(classes);
    }

    @Test
    void onlyTheApplicationWritesToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.marmalade.app..", "io.marmalade.bench.process..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(classes);
    }
}
