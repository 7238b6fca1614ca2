package hal0.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogWriterTest {
    private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
    private final LogWriter log =
            new LogWriter(
                    new OutputStream() {
                        @Override
                        public void write(int b) {
                            throw new AssertionError("a line is written in one piece");
                        }

                        @Override
                        public void write(byte[] bytes) {
                            written.add(new String(bytes, UTF_8));
                        }
                    },
                    new Formatter() {
                        @Override
                        public String format(LogRecord record) {
                            return record.getMessage() + "\n";
                        }
                    });

    @AfterEach
    void close() {
        log.close();
    }

    private void say(Level level, String text) {
        log.publish(new LogRecord(level, text));
    }

    @Test
    void aLineAfterAPauseIsThereAtOnce() {
        say(Level.INFO, "first");

        assertThat(written).containsExactly("first\n");
    }

    @Test
    void aBusyMomentIsWrittenWholeAndInOrderInFewPieces() throws InterruptedException {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            say(Level.INFO, "line " + i);
            said.append("line ").append(i).append('\n');
        }

        StringBuilder all = new StringBuilder();
        int pieces = 0;
        while (all.length() < said.length()) {
            String piece = written.poll(10, TimeUnit.SECONDS);
            assertThat(piece).as("the rest, after %d characters", all.length()).isNotNull();
            all.append(piece);
            pieces++;
        }
        assertThat(all.toString()).isEqualTo(said.toString());
        assertThat(pieces).isLessThan(1000);
    }

    /// Somebody may look for the reason of an end that comes next.
    @Test
    void aWarningIsThereAtOnceWithWhatWasSaidBefore() {
        say(Level.INFO, "first");
        say(Level.INFO, "second");
        say(Level.WARNING, "third");

        assertThat(String.join("", written)).isEqualTo("first\nsecond\nthird\n");
    }

    @Test
    void whatIsSaidWhileTheProcessEndsIsThereAtOnce() {
        say(Level.INFO, "first");
        say(Level.INFO, "second");
        log.close();
        say(Level.INFO, "third");

        assertThat(String.join("", written)).isEqualTo("first\nsecond\nthird\n");
    }
}
