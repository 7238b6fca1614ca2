package hal0.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How `java` starts the program under test: from its classes as jars and, after the first few
/// starts, with an archive of the classes that those loaded.
///
/// Hundreds of tests start the program, and most of a short start is loading classes. The first
/// starts write down what they load; an archive is made of it meanwhile, and no test waits for it.
/// A run of a few tests ends before that and makes none.
///
/// **Threads** any.
final class ProgramUnderTest {
    private static final int LEARNT_FROM = 40;

    private static @Nullable ProgramUnderTest only;

    private final Path folder;
    private final String classPath;
    private final AtomicReference<@Nullable Path> archive = new AtomicReference<>();
    private int starts;

    private ProgramUnderTest(Path folder) throws IOException {
        this.folder = folder;
        this.classPath = jars();
    }

    /// The one of this run of tests.
    static synchronized ProgramUnderTest get() throws IOException {
        ProgramUnderTest program = only;
        if (program == null) {
            Path folder = Path.of("target", "program-" + ProcessHandle.current().pid());
            Files.createDirectories(folder);
            program = new ProgramUnderTest(folder.toAbsolutePath());
            only = program;
            Runtime.getRuntime().addShutdownHook(new Thread(program::remove, "program-remove"));
        }
        return program;
    }

    /// `java` with its options, up to the class to start.
    synchronized List<String> java() {
        List<String> command = new ArrayList<>(options());
        Path made = archive.get();
        if (made != null) {
            command.add("-XX:SharedArchiveFile=" + made);
        } else if (starts < LEARNT_FROM) {
            command.add("-XX:DumpLoadedClassList=" + folder.resolve(starts + ".classes"));
        } else if (starts == LEARNT_FROM) {
            Thread.ofPlatform().daemon().name("program-archive").start(this::makeArchive);
        }
        starts++;
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    private static List<String> options() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx256m");
    }

    /// The class path of the tests with a jar for each folder: Java archives classes of jars only.
    private String jars() throws IOException {
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        Set<String> entries = new LinkedHashSet<>();
        for (String entry : path.split(java.io.File.pathSeparator)) {
            Path place = Path.of(entry);
            if (Files.isDirectory(place)) {
                Path jar = folder.resolve(entries.size() + ".jar");
                ClassJar.write(place, jar);
                entries.add(jar.toString());
            } else if (Files.exists(place)) {
                entries.add(place.toAbsolutePath().toString());
            }
        }
        return String.join(java.io.File.pathSeparator, entries);
    }

    private void makeArchive() {
        try {
            Path list = folder.resolve("all.list");
            Files.write(list, loaded());
            Path made = folder.resolve("program.jsa");
            List<String> command = new ArrayList<>(options());
            command.addAll(
                    List.of(
                            "-Xshare:dump",
                            "-XX:SharedClassListFile=" + list,
                            "-XX:SharedArchiveFile=" + made,
                            "-cp",
                            classPath));
            Process dump =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("dump.log").toFile())
                            .start();
            if (dump.waitFor() != 0) {
                throw new IOException("java -Xshare:dump failed; see " + folder + "/dump.log");
            }
            archive.set(made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was loaded, classes before what is made of them.
    private Collection<String> loaded() throws IOException {
        Set<String> classes = new LinkedHashSet<>();
        Set<String> made = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".classes")).toList()) {
                for (String line : wholeLines(file)) {
                    if (line.startsWith("@lambda")) {
                        made.add(line);
                    } else if (!line.startsWith("@") && !line.startsWith("#")) {
                        // The number says which class this is in one list only.
                        classes.add(line.replaceFirst(" id: .*", ""));
                    }
                }
            }
        }
        classes.addAll(made);
        return classes;
    }

    /// A process that was killed leaves half a line.
    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private void remove() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // What is left of it stands below target/, where the next clean takes it away.
            System.err.println("cannot remove " + folder + ": " + e.getMessage());
        }
    }
}
