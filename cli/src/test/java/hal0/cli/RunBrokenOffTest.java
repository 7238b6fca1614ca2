package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 run` that does not come to its end: interrupted, killed, or out of money.
class RunBrokenOffTest {
    private static final Pattern CHILD = Pattern.compile("started (\\d+) (\\d+)");

    @TempDir Path folder;
    private final ScriptedProvider provider = ScriptedProvider.openAi();
    private TestHome home;
    private Path work;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(Files.createDirectory(folder.resolve("home")));
        home.providers(provider.baseUrl(), provider.baseUrl());
        work = Files.createDirectory(folder.resolve("work")).toRealPath();
        Files.writeString(work.resolve("a.txt"), "before\n");
        Files.writeString(
                work.resolve("wait.sh"),
                "printf half >a.txt\nsleep 300 &\necho started $$ $!\nwait\n");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void interruptEndsTheToolWithItsChildrenAndTheSessionGoesOn() throws Exception {
        calls("shell", "command", "sh wait.sh");
        try (Hal0Process run = waiting()) {
            Matcher children = children(run);
            run.signal("INT");
            assertThat(run.ended().exit()).isEqualTo(ExitCode.INTERRUPTED);
            assertGone(children);
        }
        provider.says("I go on.");
        Ended more = run("--continue", "go on");
        assertThat(more.exit()).as(more.err()).isZero();
        assertThat(more.out()).isEqualTo("I go on.\n");
        assertThat(provider.asked().getLast().body())
                .contains("sh wait.sh", "the user interrupted it", "go on");
        assertThat(home.sessions()).hasSize(1);
    }

    @Test
    void killedInTheMiddleOfAWriteItIsTakenBackLater() throws Exception {
        calls("shell", "command", "sh wait.sh");
        try (Hal0Process run = waiting()) {
            Matcher children = children(run);
            run.signal("KILL");
            run.ended();
            assertGone(children);
        }
        assertThat(work.resolve("a.txt")).hasContent("half");
        Ended undone = home.hal0().at(work).run("sessions", "undo", "last", "--yes");
        assertThat(undone.exit()).as(undone.err()).isZero();
        assertThat(work.resolve("a.txt")).hasContent("before\n");
    }

    @Test
    void killedSessionGoesOnAndWhatItChangedCanStillBeTakenBack() throws Exception {
        calls("shell", "command", "sh wait.sh");
        try (Hal0Process run = waiting()) {
            children(run);
            run.signal("KILL");
            run.ended();
        }
        provider.says("I see what was done.");
        Ended more = run("--resume", "last", "go on");
        assertThat(more.exit()).as(more.err()).isZero();
        assertThat(more.out()).isEqualTo("I see what was done.\n");
        home.hal0().at(work).run("sessions", "undo", "last", "--yes");
        home.hal0().at(work).run("sessions", "undo", "last", "--yes");
        assertThat(work.resolve("a.txt")).hasContent("before\n");
    }

    /// An answer of the scripted provider has 5 tokens, so that each costs 5 USD here.
    @Test
    void whatWouldExceedTheBudgetIsNotSent() throws Exception {
        home.config(
                """
                [active]
                provider = "oa"
                model = "m1"
                [providers.oa]
                base_url = "%s"
                input_price_per_1m_tokens = 0.000001
                output_price_per_1m_tokens = 1000000.0
                """
                        .formatted(provider.baseUrl()));
        for (int i = 0; i < 4; i++) {
            calls("read", "path", "a.txt");
        }
        Ended spent = run("--budget", "7", "read it again and again");
        assertThat(spent.exit()).as(spent.err()).isEqualTo(ExitCode.BUDGET);
        assertThat(spent.err()).contains("not sent: this turn has cost $10");
        assertThat(provider.asked()).hasSize(2);
        assertThat(home.ledger()).hasSize(2);
    }

    private void calls(String tool, String argument, String value) throws Exception {
        provider.callsTool(
                "call_" + provider.hashCode(),
                tool,
                new ObjectMapper().writeValueAsString(Map.of(argument, value)));
    }

    private Ended run(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return home.hal0().at(work).run(all);
    }

    private Hal0Process waiting() throws Exception {
        return home.hal0()
                .at(work)
                .start("run", "-o", "stream-json", "--allow", "shell(sh wait.sh)", "wait");
    }

    private static Matcher children(Hal0Process run) throws Exception {
        Matcher found = CHILD.matcher(run.out().awaitText("started "));
        assertThat(found.find()).isTrue();
        return found;
    }

    private static void assertGone(Matcher children) throws Exception {
        for (int i = 1; i <= 2; i++) {
            var child = ProcessHandle.of(Long.parseLong(children.group(i)));
            if (child.isPresent()) {
                child.get().onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }
}
