package hal0.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Where the log goes: standard error for the relay alone, a file while the screen is in use,
/// nowhere but for warnings otherwise. `HAL0_LOG` sets the level.
public final class Logs {
    /// Kept here because the logging library holds loggers weakly.
    private static final Logger OWN = Logger.getLogger("hal0");

    /// A larger one is put aside at the next start, as `hal0.log.1`.
    private static final long LARGEST_FILE = 10L * 1024 * 1024;

    private Logs() {}

    public static void toStandardError(Map<String, String> environment) {
        to(new FileOutputStream(FileDescriptor.err), level(environment, Level.INFO));
    }

    /// Warnings only, for commands that end soon.
    public static void quiet(Map<String, String> environment) {
        to(new FileOutputStream(FileDescriptor.err), level(environment, Level.WARNING));
    }

    /// **Errors** [IOException] when the file cannot be written.
    public static void toFile(Path file, Map<String, String> environment) throws IOException {
        if (Files.exists(file) && Files.size(file) > LARGEST_FILE) {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        to(out, level(environment, Level.INFO));
    }

    private static Level level(Map<String, String> environment, Level usual) {
        return switch (environment.getOrDefault("HAL0_LOG", "").toLowerCase(Locale.ROOT)) {
            case "trace" -> Level.FINER;
            case "debug" -> Level.FINE;
            case "info" -> Level.INFO;
            case "warn", "warning" -> Level.WARNING;
            case "error" -> Level.SEVERE;
            default -> usual;
        };
    }

    private static void to(OutputStream out, Level level) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        OWN.setLevel(level);
        root.addHandler(new LogWriter(out, new LineFormatter()));
    }

    /// `2026-11-21T08:00:00.000Z INFO relay.dispatch message`
    private static final class LineFormatter extends Formatter {
        @Override
        public String format(LogRecord record) {
            StringBuilder line = new StringBuilder(200);
            line.append(Instant.ofEpochMilli(record.getMillis()));
            line.append(' ')
                    .append(Level.SEVERE.equals(record.getLevel()) ? "ERROR" : record.getLevel());
            String name = String.valueOf(record.getLoggerName());
            line.append(' ').append(name.startsWith("hal0.") ? name.substring(5) : name);
            line.append(' ').append(formatMessage(record)).append('\n');
            if (record.getThrown() != null) {
                StringWriter trace = new StringWriter();
                record.getThrown().printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return line.toString();
        }
    }
}
