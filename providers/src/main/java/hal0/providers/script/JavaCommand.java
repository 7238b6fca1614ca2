package hal0.providers.script;

import com.fasterxml.jackson.core.JsonFactory;
import hal0.providers.script.child.ScriptProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Starts a script's process: this program's own Java, the few jars that the script needs, a small
/// heap, and none of this program's environment, in which there are keys.
final class JavaCommand {
    /// **Units** MiB.
    static final int HEAP = 32;

    /// The virtual machine's status after a heap was used up.
    static final int OUT_OF_MEMORY = 3;

    private static final List<String> OPTIONS =
            List.of(
                    "-Xms8m",
                    "-Xmx" + HEAP + "m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=16m",
                    "-XX:MaxMetaspaceSize=48m",
                    "-XX:MaxDirectMemorySize=1m",
                    "-XX:+ExitOnOutOfMemoryError",
                    // Where the frames go.
                    "-XX:+DisplayVMOutputToStderr",
                    "-XX:-UsePerfData",
                    // A dump would hold the key.
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:+DisableAttachMechanism",
                    "-XX:-StackTraceInThrowable",
                    "-Xshare:auto");

    private JavaCommand() {}

    static Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(OPTIONS);
        command.add("-cp");
        command.add(classPath());
        command.add(ScriptProcess.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.directory(new File(System.getProperty("java.io.tmpdir", ".")));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private static String java() {
        Path own = Path.of(System.getProperty("java.home"), "bin", "java");
        return Files.isExecutable(own)
                ? own.toString()
                : ProcessHandle.current().info().command().orElse("java");
    }

    /// The interpreter is asked for by name, so that it is not loaded here.
    private static String classPath() {
        Set<String> entries = new LinkedHashSet<>();
        for (String type :
                List.of(
                        ScriptProcess.class.getName(),
                        JsonFactory.class.getName(),
                        "org.luaj.vm2.Globals")) {
            entries.add(home(type));
        }
        return String.join(File.pathSeparator, entries);
    }

    /// The jar or the folder that a class comes from.
    private static String home(String type) {
        String resource = type.replace('.', '/') + ".class";
        URL found = JavaCommand.class.getClassLoader().getResource(resource);
        if (found == null) {
            throw new UncheckedIOException(new IOException(type + " is missing from the program"));
        }
        String text = found.toString();
        String outer = text.substring(0, text.length() - resource.length());
        if (outer.startsWith("jar:") && outer.endsWith("!/")) {
            outer = outer.substring("jar:".length(), outer.length() - "!/".length());
        }
        return Path.of(URI.create(outer)).toString();
    }
}
