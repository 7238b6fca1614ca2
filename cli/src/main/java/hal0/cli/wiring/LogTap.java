package hal0.cli.wiring;

import hal0.relay.log.LogBook;
import hal0.relay.log.LogLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Notes what hal0 logs in a book, besides wherever its log goes.
///
/// **Threads** any.
final class LogTap extends Handler {
    private static final String OURS = "hal0";

    /// Kept here because the logging library holds loggers weakly.
    private final Logger logger = Logger.getLogger(OURS);

    private final LogBook book;

    private LogTap(LogBook book) {
        this.book = book;
    }

    /// One that hears of everything from now on.
    static LogTap into(LogBook book) {
        LogTap tap = new LogTap(book);
        tap.logger.addHandler(tap);
        return tap;
    }

    @Override
    public void publish(LogRecord record) {
        String name = String.valueOf(record.getLoggerName());
        book.add(
                record.getInstant(),
                level(record.getLevel().intValue()),
                name.startsWith(OURS + ".") ? name.substring(OURS.length() + 1) : name,
                () -> text(record));
    }

    private static LogLine.Level level(int value) {
        if (value >= Level.SEVERE.intValue()) {
            return LogLine.Level.ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return LogLine.Level.WARNING;
        }
        return value >= Level.INFO.intValue() ? LogLine.Level.INFO : LogLine.Level.DEBUG;
    }

    /// Fills in the parameters of a message.
    private static final class Words extends Formatter {
        @Override
        public String format(LogRecord record) {
            return formatMessage(record);
        }
    }

    private static String text(LogRecord record) {
        String words = new Words().format(record);
        if (record.getThrown() == null) {
            return words;
        }
        StringWriter trace = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(trace));
        return words + "\n" + trace.toString().stripTrailing();
    }

    @Override
    public void flush() {
        // Nothing is written anywhere.
    }

    /// Hears of nothing more.
    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
