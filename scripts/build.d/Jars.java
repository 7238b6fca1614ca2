import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// Makes the jars of a folder quick to start from: `java Jars.java FOLDER` writes those anew that hold
/// classes which Java's AOT cache leaves out, with every class that extends one. These are the classes that
/// only the verifier of before Java 6 can check: they get stack maps, and a version that has them. Signed
/// jars stay as they are.
///
/// **Source** JVMS 25 §4.10: class files of version 50 and later are verified by type checking.
void main(String[] arguments) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
        for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
            if (isOld(jar)) {
                renew(jar);
            }
        }
    }
}

static final int FIRST_WITH_STACK_MAPS = 50;

/// Looks at one class, outside of what is for newer versions of Java: a jar is compiled at once.
static boolean isOld(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
        if (jar.stream().anyMatch(entry -> entry.getName().matches("META-INF/[^/]+\\.SF"))) {
            return false;
        }
        JarEntry first =
                jar.stream()
                        .filter(entry -> isClass(entry) && !entry.getName().startsWith("META-INF/"))
                        .findFirst()
                        .orElse(null);
        return first != null && isOld(jar.getInputStream(first).readNBytes(8));
    }
}

static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class");
}

static boolean isOld(byte[] classFile) {
    return ((classFile[6] & 0xff) << 8 | classFile[7] & 0xff) < FIRST_WITH_STACK_MAPS;
}

static void renew(Path path) throws IOException {
    Path written = path.resolveSibling(path.getFileName() + ".new");
    try (JarFile jar = new JarFile(path.toFile());
            URLClassLoader loader = new URLClassLoader(new URL[] {path.toUri().toURL()});
            OutputStream file = Files.newOutputStream(written);
            JarOutputStream out = new JarOutputStream(file)) {
        ClassFile classes =
                ClassFile.of(
                        StackMapsOption.GENERATE_STACK_MAPS,
                        ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(loader)));
        for (JarEntry entry : jar.stream().toList()) {
            JarEntry same = new JarEntry(entry.getName());
            same.setTimeLocal(entry.getTimeLocal());
            out.putNextEntry(same);
            byte[] bytes = jar.getInputStream(entry).readAllBytes();
            out.write(isClass(entry) && isOld(bytes) ? renewed(classes, bytes) : bytes);
            out.closeEntry();
        }
    }
    Files.move(written, path, StandardCopyOption.REPLACE_EXISTING);
}

static byte[] renewed(ClassFile classes, byte[] bytes) {
    try {
        return classes.transformClass(
                classes.parse(bytes),
                // A body that no transform looks at would be copied as it is.
                ClassTransform.transformingMethodBodies((body, element) -> body.with(element))
                        .andThen(
                                ClassTransform.endHandler(
                                        made -> made.withVersion(ClassFile.JAVA_8_VERSION, 0))));
    } catch (IllegalArgumentException e) {
        // It names a class of a library that is not there: it works as before, out of the cache.
        return bytes;
    }
}
