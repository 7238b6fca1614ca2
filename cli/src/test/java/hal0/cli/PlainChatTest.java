package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 --plain`, in a pipe and at a terminal.
class PlainChatTest {
    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), openAi.baseUrl());
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    @Test
    void pipeGetsAnswersOnStandardOutputAndTheRestBesideIt() throws Exception {
        openAi.says("first\n", "answer").says("second answer");
        Hal0Process.Ended ended =
                home.hal0().input("one\ntwo\n").run("--plain", "--relay-port", "0");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).isEqualTo("first\nanswer\nsecond answer\n");
        assertThat(ended.err()).contains("oa/m1").doesNotContain("\u001b");
    }

    @Test
    void exitCodeOfAPipeSaysWhatFailed() throws Exception {
        openAi.fails(401, "{\"error\":{\"message\":\"no such key\"}}");
        Hal0Process.Ended ended =
                home.hal0().input("one\ntwo\n").run("--plain", "--relay-port", "0");
        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.err()).contains("failed: ", "no such key");
        assertThat(openAi.asked()).hasSize(1);
    }

    @Test
    void dumbTerminalIsTalkedToInLines() throws Exception {
        openAi.says("an answer");
        try (PtyProgram hal0 =
                PtyProgram.start(home.hal0().set("TERM", "dumb"), "--relay-port", "0")) {
            hal0.await("talking to oa/m1", "hal0>");
            assertThat(hal0.modes()).containsExactly("?25");
            hal0.type("hello\r");
            hal0.await("an answer", "$0.00");
            hal0.type("\u0004");
            assertThat(hal0.ended()).isZero();
            assertThat(hal0.text()).contains("hal0 -r ");
        }
    }

    @Test
    void interruptEndsTheAnswerAndNotTheProgram() throws Exception {
        try (SlowProvider slow = SlowProvider.saying("It begins\\n")) {
            home.providers(slow.baseUrl(), slow.baseUrl());
            try (PtyProgram hal0 = PtyProgram.start(home.hal0(), "--plain", "--relay-port", "0")) {
                hal0.await("hal0>");
                hal0.type("go on\r");
                hal0.await("It begins");
                hal0.type("\u0003");
                slow.awaitClientLeft();
                hal0.await("interrupted");
                hal0.type("/exit\r");
                assertThat(hal0.ended()).isZero();
            }
        }
    }
}
