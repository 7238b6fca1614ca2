package hal0.slots.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotLogTest {
    @TempDir Path folder;

    private Path file() {
        return folder.resolve("output.log");
    }

    private void write(String text) throws Exception {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void logThatIsNotThereIsEmpty() throws Exception {
        assertThat(new SlotLog(file(), 100).last(10)).isEmpty();
    }

    @Test
    void lastLinesReachIntoWhatWasCutOff() throws Exception {
        SlotLog log = new SlotLog(file(), 20);
        write("one\ntwo\nthree\nfour\nfive\n");
        log.cut();
        assertThat(file()).isEmptyFile();
        write("six\r\nseven");
        assertThat(log.last(1)).containsExactly("seven");
        assertThat(log.last(4)).containsExactly("four", "five", "six", "seven");
        assertThat(log.last(100)).hasSize(7).startsWith("one");
    }

    @Test
    void lastWordsAreThoseOfThisRun() throws Exception {
        SlotLog log = new SlotLog(file(), 1000);
        write("error: of the run before\n");
        log.begin();
        assertThat(log.lastWords()).isEmpty();
        assertThat(log.last(1)).containsExactly("error: of the run before");
        write("loading\nerror: now\n\n");
        assertThat(log.lastWords()).isEqualTo("error: now");
        assertThat(log.last(10)).hasSize(4);
    }

    @Test
    void whoFollowsMissesNothingWhenItIsCut() throws Exception {
        SlotLog log = new SlotLog(file(), 64);
        List<String> seen = new ArrayList<>();
        SlotLog.Following following = log.follow(5, seen::add);
        for (int i = 0; i < 300; i++) {
            write("line " + i + "\n");
            if (i % 7 == 0) {
                log.cut();
            }
            if (i % 5 == 0) {
                following.more();
            }
        }
        following.finish();
        assertThat(seen).isEqualTo(IntStream.range(0, 300).mapToObj(i -> "line " + i).toList());
    }

    @Test
    void sizeStaysBoundedHoweverMuchIsWritten() throws Exception {
        SlotLog log = new SlotLog(file(), 1000);
        for (int i = 0; i < 1000; i++) {
            write("something that a server says at length\n");
            log.cut();
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(1000);
        assertThat(Files.size(folder.resolve("output.log.1"))).isLessThan(2000);
    }

    @Test
    void nobodyCutForLongThenOnlyTheNewestIsKept() throws Exception {
        SlotLog log = new SlotLog(file(), 1000);
        write("x".repeat(100_000) + "\nlast\n");
        log.cut();
        assertThat(Files.size(folder.resolve("output.log.1"))).isEqualTo(2000);
        assertThat(log.last(1)).containsExactly("last");
    }

    @Test
    void lineWithoutEndWaitsForIt() throws Exception {
        SlotLog log = new SlotLog(file(), 1000);
        List<String> seen = new ArrayList<>();
        SlotLog.Following following = log.follow(0, seen::add);
        write("half");
        following.more();
        assertThat(seen).isEmpty();
        write(" and half\n");
        following.more();
        assertThat(seen).containsExactly("half and half");
    }

    @Test
    void foreignBytesAndEndlessLinesAreShownAllTheSame() throws Exception {
        Files.write(file(), "caf\u00e9\n".getBytes(ISO_8859_1));
        write("y".repeat(200_000));
        List<String> last = new SlotLog(file(), 1 << 20).last(10_000);
        assertThat(last.getFirst()).isEqualTo("caf\ufffd");
        assertThat(last.stream().skip(1).mapToInt(String::length).sum()).isEqualTo(200_000);
    }
}
