package io.marmalade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What is public says what it promises. Doclint checks that what a docstring says is well-formed;
 * this checks that there is one, and that it explains each component of a record. (Doclint's own
 * check of completeness asks for a sentence on every parameter and every opcode, whether there is
 * something to say or not.)
 */
class DocumentationTest {
    @Test
    void everythingPublicHasADocstring() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> missing = new ArrayList<>();
        int[] checked = new int[1];
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources()));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(unit, trees, missing, checked).scan(unit, null);
            }
        }
        assertEquals("", String.join("\n", missing), "no docstring");
        assertTrue(checked[0] > 500, "only " + checked[0] + " declarations were looked at");
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of(System.getProperty("marmalade.root", "../.."));
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("src/main/java"))
                    .sorted()
                    .toList();
        }
    }

    private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final List<String> missing;
        private final int[] checked;

        Scanner(CompilationUnitTree unit, DocTrees trees, List<String> missing, int[] checked) {
            this.unit = unit;
            this.trees = trees;
            this.missing = missing;
            this.checked = checked;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (!isVisible(type.getModifiers(), getCurrentPath().getParentPath())) {
                return null;
            }
            require(type, type.getSimpleName().toString());
            if (type.getKind() == Tree.Kind.RECORD) {
                String comment = String.valueOf(trees.getDocComment(getCurrentPath()));
                for (Tree member : type.getMembers()) {
                    if (member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC)
                            && !comment.matches("(?s).*@param\\s+" + field.getName() + "\\b.*")) {
                        report(member, type.getSimpleName() + "'s component " + field.getName());
                    }
                }
            }
            return super.visitClass(type, nothing);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            boolean overrides =
                    method.getModifiers().getAnnotations().stream()
                            .anyMatch(
                                    each -> each.getAnnotationType().toString().equals("Override"));
            boolean written = trees.getSourcePositions().getStartPosition(unit, method) >= 0;
            if (written
                    && !overrides
                    && isVisible(method.getModifiers(), getCurrentPath().getParentPath())) {
                require(method, method.getName() + "()");
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
            TreePath parent = getCurrentPath().getParentPath();
            boolean constant =
                    parent.getLeaf() instanceof ClassTree type
                            && type.getKind() != Tree.Kind.ENUM
                            && (type.getKind() == Tree.Kind.INTERFACE
                                    || field.getModifiers().getFlags().contains(Modifier.STATIC));
            if (constant && isVisible(field.getModifiers(), parent)) {
                require(field, field.getName().toString());
            }
            return null;
        }

        private static boolean isVisible(ModifiersTree modifiers, TreePath parent) {
            boolean inInterface =
                    parent.getLeaf() instanceof ClassTree type
                            && type.getKind() == Tree.Kind.INTERFACE
                            && !modifiers.getFlags().contains(Modifier.PRIVATE);
            return inInterface
                    || modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED);
        }

        private void require(Tree tree, String name) {
            checked[0]++;
            String comment = trees.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                report(tree, name);
            }
        }

        private void report(Tree tree, String name) {
            long line =
                    unit.getLineMap()
                            .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
            Path file = Path.of(unit.getSourceFile().toUri());
            missing.add(file.getFileName() + ":" + line + " " + name);
        }
    }
}
