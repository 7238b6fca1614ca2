package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The terminal is as it was, whatever ended the program: its modes, and those of its line.
class RestoredTerminalTest {
    /// Settings of the user's own, so that usual ones put back would be seen.
    private static final String SCRIPT =
            """
            set -m
            stty -ixon intr ^G
            stty -g >"$HAL0_HOME/before"
            "$@"
            code=$?
            echo "ended with $code"
            echo "$code" >"$HAL0_HOME/ended"
            read -r _
            stty -g >"$HAL0_HOME/after"
            """;

    private static final String OFFERS_KITTY = "\u001b[?0u\u001b[?62;22c";

    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws IOException {
        home = new TestHome(folder).providers(openAi.baseUrl(), openAi.baseUrl());
        Files.writeString(
                folder.resolve("config.toml"),
                Files.readString(folder.resolve("config.toml")) + "\n[relay]\nport = 0\n");
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    private PtyProgram started(String... arguments) throws Exception {
        PtyProgram hal0 = PtyProgram.startIn(SCRIPT, home.hal0(), Hal0Process.command(arguments));
        hal0.await("Ask anything", "relay :");
        return hal0;
    }

    /// Where the program was killed, the shell says so on a screen that the watchdog then takes
    /// away: it is read from a file.
    private void assertRestored(PtyProgram hal0, int exit) throws Exception {
        Path ended = folder.resolve("ended");
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!Files.exists(ended) || Files.size(ended) == 0) {
            assertThat(System.nanoTime()).as(hal0.text()).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(ended).hasContent(exit + "\n");
        hal0.awaitModes("?25");
        hal0.type("\n");
        hal0.ended();
        assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
    }

    @ParameterizedTest
    @CsvSource({"TERM,143", "HUP,129", "INT,130", "KILL,137"})
    void afterASignal(String signal, int exit) throws Exception {
        try (PtyProgram hal0 = started()) {
            hal0.type(OFFERS_KITTY);
            hal0.awaitModes("?25", "?1002", "?1004", "?1006", "?1049", "?2004", "kitty");
            awaitWatchdog(hal0);
            Signal.send(hal0.javaPid(), signal);
            assertRestored(hal0, exit);
        }
    }

    @Test
    void afterInlineWasKilledToo() throws Exception {
        try (PtyProgram hal0 = started("--inline")) {
            awaitWatchdog(hal0);
            Signal.send(hal0.javaPid(), "KILL");
            assertRestored(hal0, 137);
        }
    }

    @Test
    void nobodyWatchesOnAfterLeaving() throws Exception {
        try (PtyProgram hal0 = started()) {
            awaitWatchdog(hal0);
            List<ProcessHandle> watching = watchdogs(hal0);
            hal0.type("/exit\r");
            assertRestored(hal0, 0);
            for (ProcessHandle each : watching) {
                each.onExit().get();
            }
        }
    }

    /// It is started after the first drawing, beside everything else.
    private static void awaitWatchdog(PtyProgram hal0) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (watchdogs(hal0).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static List<ProcessHandle> watchdogs(PtyProgram hal0) {
        return ProcessHandle.of(hal0.javaPid())
                .orElseThrow()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("sh"))
                .toList();
    }

    @Test
    void whileItIsStoppedAndAfterItWentOn() throws Exception {
        String script =
                """
                set -m
                stty -g >"$HAL0_HOME/before"
                "$@"
                echo "stopped with $?"
                read -r _
                stty -g >"$HAL0_HOME/after"
                fg >/dev/null
                echo "ended with $?"
                """;
        try (PtyProgram hal0 = PtyProgram.startIn(script, home.hal0(), Hal0Process.command())) {
            hal0.await("Ask anything", "relay :");
            hal0.type(OFFERS_KITTY);
            hal0.awaitModes("?25", "?1002", "?1004", "?1006", "?1049", "?2004", "kitty");
            hal0.type("\u001a");
            hal0.await("stopped with 148");
            hal0.awaitModes("?25");
            hal0.type("\n");
            hal0.await("Ask anything");
            assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
            hal0.awaitModes("?25", "?1002", "?1004", "?1006", "?1049", "?2004", "kitty");
            hal0.type("/exit\r");
            hal0.await("ended with 0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "exception,IllegalStateException: planted in planted",
        "memory,OutOfMemoryError",
        "overflow,StackOverflowError in planted"
    })
    void afterAFaultInAnyThreadWhichIsSaid(String fault, String said) throws Exception {
        openAi.says("kept");
        List<String> program = new ArrayList<>(Hal0Process.command());
        program.set(program.indexOf("hal0.cli.Main"), "hal0.cli.Faulty");
        try (PtyProgram hal0 =
                PtyProgram.startIn(SCRIPT, home.hal0().set("FAULT", fault), program)) {
            hal0.await("Ask anything", "relay :");
            hal0.type("hello\r");
            hal0.await("kept");
            Files.createFile(folder.resolve("break"));
            String shown = hal0.await("ended with 1");
            assertThat(shown.replace("\n", ""))
                    .contains("a fault of hal0 itself", said, "hal0.log", "hal0 -r ");
            assertRestored(hal0, 1);
        }
        assertThat(folder.resolve("state/hal0.log")).content().contains("Faulty");
    }
}
