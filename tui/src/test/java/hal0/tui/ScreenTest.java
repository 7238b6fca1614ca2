package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.AgentEvent;
import hal0.home.error.ErrorKind;
import hal0.relay.control.ControlException;
import hal0.tui.state.FirstChoice;
import hal0.tui.terminal.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole client at a virtual terminal.
class ScreenTest {
    private static final Path GOLDENS = Path.of("src/test/resources/screens");
    private static final String ANSWER =
            "# 日本語の見出し\n\nFamily 👩‍👩‍👧 and flag 🇩🇪, **bold** `code`.\n\n"
                    + "- one\n- two that is long enough to be wrapped on every terminal of this test\n\n"
                    + "| a | 値段 |\n|---|---|\n| 1 | 2 |\n\n```sh\n"
                    + "x".repeat(120)
                    + "\n```\nescape \u001b]0;title\u0007 shown\n";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"80,24", "40,12", "20,40"})
    void conversationLooksAsItDid(int columns, int rows) throws IOException {
        try (Pilot pilot =
                Pilot.at(
                        new Size(Math.max(80, columns), rows),
                        folder,
                        FakeConversation.saying(ANSWER))) {
            pilot.type("Wie geht's, 世界?");
            pilot.enter();
            pilot.await("/400,000");
            pilot.tty.resize(new Size(columns, rows));
            pilot.await("title␇ shown".substring(columns < 40 ? 7 : 0));
            pilot.awaitNot("Esc interrupts");
            pilot.screen()
                    .await(
                            "how large the window is",
                            text -> !text.matches("(?s).*context 1,234[ \n].*"));
            golden("conversation-" + columns + "x" + rows, pilot.screen().text());
        }
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12"})
    void overlaysLookAsTheyDid(int columns, int rows) throws IOException {
        try (Pilot pilot =
                Pilot.at(
                        new Size(Math.max(80, columns), rows),
                        folder,
                        FakeConversation.saying("x"))) {
            pilot.tty.resize(new Size(columns, rows));
            String size = "-" + columns + "x" + rows;
            pilot.type("/");
            pilot.await("/settings");
            golden("palette" + size, pilot.screen().text());
            pilot.type("model\r");
            pilot.await("ollama");
            pilot.await("Enter uses it");
            golden("models" + size, pilot.screen().text());
            pilot.type("\u001b[27u/settings\r");
            pilot.await("Enter chooses ·");
            golden("settings" + size, pilot.screen().text());
            pilot.type("\u001b[C");
            pilot.await("● openai");
            golden("providers" + size, pilot.screen().text());
            pilot.type("\u001b[C\u001b[C\u001b[C\u001b[C\u001b[C");
            pilot.await("open it in your editor");
            golden("config" + size, pilot.screen().text());
            pilot.type("\u001b[27u?");
            pilot.await("─ Help");
            golden("help" + size, pilot.screen().text());
        }
    }

    @Test
    void modelThatWasChosenIsUsedFromTheNextMessageOn() {
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("yes"))) {
            pilot.type("\u000f");
            pilot.await("gpt-5-mini");
            pilot.type("mini\r");
            pilot.await("openai/gpt-5-mini · ask");
            pilot.type("hello\r");
            pilot.await("yes");
            assertThat(pilot.conversation.calls)
                    .containsExactly("use openai/gpt-5-mini", "send hello");
        }
    }

    @Test
    void aModelOfAnotherProviderIsTakenByItsFullName() {
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("yes"))) {
            pilot.type("/model ollama/qwen3:8b\r");
            pilot.await("ollama/qwen3:8b · ask");
            pilot.type("/model some/id\r");
            pilot.await("ollama/some/id · ask");
            assertThat(pilot.conversation.calls)
                    .containsExactly("use ollama/qwen3:8b", "use ollama/some/id");
        }
    }

    @Test
    void providerThatCannotBeUsedIsSaid() {
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("yes"))) {
            pilot.type("/provider nobody\r");
            pilot.await("there are openai, ollama");
        }
    }

    @Test
    void escapeInterruptsAndQueuedMessageComesBack() {
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.hanging("I wait"))) {
            pilot.type("first\r");
            pilot.await("I wait");
            pilot.type("second\r");
            pilot.await("(next step) second");
            pilot.type("\u001b");
            pilot.await("interrupted");
            pilot.await("› second");
            pilot.awaitNot("(next step)");
            assertThat(pilot.conversation.calls)
                    .containsExactly("send first", "tell second", "withdraw second");
        }
    }

    @Test
    void queuedMessageIsSentWhenTheTurnIsOver() {
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.hanging("I wait"))) {
            pilot.type("first\r");
            pilot.await("I wait");
            pilot.conversation.script((text, _, sink) ->
                    FakeConversation.saying("got " + text).answer(text, null, sink));
            pilot.type("second\r");
            pilot.await("(next step)");
            pilot.type("\u001b");
            pilot.await("› second");
            pilot.enter();
            pilot.await("got second");
        }
    }

    @Test
    void failedTurnIsABlockThatSaysWhatToDo() {
        FakeConversation.Script failing =
                (_, _, sink) ->
                        sink.accept(
                                new AgentEvent.TurnFailed(
                                        ErrorKind.UNAUTHENTICATED, "openai refused the key (401)"));
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, failing)) {
            pilot.type("hello\r");
            pilot.await("▌ The key is missing or was refused");
            pilot.await("▌ openai refused the key (401)");
        }
    }

    @Test
    void conversationThatThrowsIsABlockToo() {
        FakeConversation.Script broken =
                (_, _, _) -> {
                    throw new IllegalStateException("it broke");
                };
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, broken)) {
            pilot.type("hello\r");
            pilot.await("it broke");
            pilot.awaitNot("Esc interrupts");
        }
    }

    @Test
    void firstRunOffersWhatWasFoundAndDemo() {
        List<FirstChoice> found =
                List.of(new FirstChoice("ollama", null, "answers on 127.0.0.1:11434"));
        try (Pilot pilot =
                Pilot.with(
                        new Size(80, 24),
                        folder,
                        FakeConversation.saying("hi"),
                        () -> new FakeControl(null),
                        found,
                        null)) {
            pilot.await("answers on 127.0.0.1:11434");
            pilot.await("demo");
            pilot.enter();
            pilot.await("ollama/default");
            pilot.await("port 8080 is taken");
        }
    }

    @Test
    void relayThatDoesNotStartIsSaidAndTheScreenStays() {
        try (Pilot pilot =
                Pilot.with(
                        new Size(80, 24),
                        folder,
                        FakeConversation.saying("hi"),
                        () -> {
                            throw new ControlException(
                                    ErrorKind.CONFIGURATION, "config.toml:3: no such key", null);
                        },
                        List.of(),
                        null)) {
            pilot.await("config.toml:3: no such key");
            pilot.await("relay failed");
        }
    }

    @Test
    void longPasteIsAChipThatIsSentWhole() {
        String pasted = "line\n".repeat(200_000);
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("ok"))) {
            pilot.type("see \u001b[200~");
            for (int i = 0; i < pasted.length(); i += 50_000) {
                pilot.type(pasted.substring(i, Math.min(pasted.length(), i + 50_000)));
            }
            pilot.type("\u001b[201~");
            pilot.await("› see [pasted 200000 lines]");
            pilot.enter();
            pilot.await("ok");
            assertThat(pilot.conversation.calls).containsExactly("send see " + pasted);
        }
    }

    @Test
    void pastedNewlineDoesNotSend() {
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("ok"))) {
            pilot.type("\u001b[200~one\r\ntwo\u001b[201~");
            pilot.await("  two");
            assertThat(pilot.conversation.calls).isEmpty();
        }
    }

    @Test
    void scrollingUpStopsFollowingAndEndFollowsAgain() {
        String long1 = "start\n" + "a line\n".repeat(60) + "the end\n";
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying(long1))) {
            pilot.type("go\r");
            pilot.await("the end");
            pilot.awaitNot("Esc interrupts");
            pilot.type("\u001b[<64;5;5M");
            pilot.awaitNot("the end");
            pilot.await("End follows");
            pilot.type("more\r");
            pilot.await("the end");
            pilot.type("\u001b[H");
            pilot.await("› go");
            pilot.type("\u001b[F");
            pilot.await("the end");
        }
    }

    @Test
    void terminalIsAsItWasAfterEveryWayOut() {
        Pilot quit = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("bye"));
        quit.type("hello\r");
        quit.await("bye");
        quit.awaitNot("Esc interrupts");
        assertThat(quit.tty.isRaw()).isTrue();
        quit.type("\u0003");
        quit.await("Ctrl+C again leaves");
        quit.type("\u0003");
        assertThat(quit.outcome()).isEqualTo(Tui.Outcome.LEFT);
        assertThat(quit.tty.isRaw()).isFalse();
        assertThat(quit.screen().modes()).containsExactly("?25");
        assertThat(quit.screen().text()).contains("› hello").contains("1,200 in · 34 out");

        Pilot interrupted = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("bye"));
        interrupted.tty.interrupt();
        assertThat(interrupted.outcome()).isEqualTo(Tui.Outcome.INTERRUPTED);
        assertThat(interrupted.screen().modes()).containsExactly("?25");

        Pilot gone = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("bye"));
        gone.tty.hangUp();
        assertThat(gone.outcome()).isEqualTo(Tui.Outcome.TERMINAL_GONE);
        assertThat(gone.tty.isRaw()).isFalse();
    }

    @Test
    void terminalIsAsItWasAfterACrash() {
        Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("bye"));
        pilot.tty.breakSize();
        assertThatThrownBy(pilot::outcome).hasRootCauseMessage("the size cannot be told");
        assertThat(pilot.tty.isRaw()).isFalse();
        assertThat(pilot.screen().modes()).containsExactly("?25");
    }

    @Test
    void suspendingLeavesAndComesBack() {
        try (Pilot pilot = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("bye"))) {
            pilot.type("typed\u001a and more");
            pilot.await("› typed and more");
            assertThat(pilot.tty.suspended()).isEqualTo(1);
            assertThat(pilot.screen().modes()).contains("?1049", "?2004");
        }
    }

    @Test
    void historyIsKeptOverSessions() {
        try (Pilot first = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("ok"))) {
            first.type("two\\\rlines\r");
            first.await("ok");
            first.awaitNot("Esc interrupts");
            first.type("\u001b[A");
            first.await("› two\n  lines");
        }
        assertThat(folder.resolve("history")).content().endsWith("\ttwo\\nlines\n");
        try (Pilot second = Pilot.at(new Size(80, 24), folder, FakeConversation.saying("ok"))) {
            second.type("\u0012");
            second.await("two lines");
            second.enter();
            second.await("  lines");
        }
    }

    private static void golden(String name, String actual) throws IOException {
        Path file = GOLDENS.resolve(name + ".screen");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDENS);
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
