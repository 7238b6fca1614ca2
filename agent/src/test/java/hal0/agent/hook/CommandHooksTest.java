package hal0.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.hook.HookSettings.Command;
import hal0.agent.process.ChildEnvironment;
import hal0.agent.process.Starter;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandHooksTest {
    private static final Hooks.Call CALL =
            new Hooks.Call("s1", "c1", "shell", "{\"command\":\"ls\"}");

    @TempDir Path folder;
    final Starter starter = new Starter(ChildEnvironment.of(System.getenv(), Set.of("SECRET")));
    final List<String> warnings = new ArrayList<>();
    final CancelToken cancel = new CancelToken();

    @AfterEach
    void close() {
        starter.close();
    }

    private CommandHooks hooks(HookSettings settings, Duration patience) {
        return new CommandHooks(settings, starter, folder, warnings::add, patience);
    }

    private static List<Command> commands(String... lines) {
        return List.of(lines).stream().map(line -> Command.of(line, "")).toList();
    }

    private Optional<String> before(String... lines) {
        return hooks(
                        new HookSettings(commands(lines), List.of(), List.of()),
                        Duration.ofSeconds(20))
                .beforeTool(CALL, cancel);
    }

    private Optional<String> after(String line) {
        return hooks(new HookSettings(List.of(), commands(line), List.of()), Duration.ofSeconds(20))
                .afterTool(CALL, "the result", true, cancel);
    }

    @Test
    void aCommandGetsTheCallAsOneObject() throws IOException {
        assertThat(before("cat > before.json")).isEmpty();
        assertThat(after("cat > after.json")).isEmpty();
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(Files.readString(folder.resolve("before.json"))))
                .isEqualTo(
                        json.readTree(
                                """
                                {"event":"before_tool","session":"s1","cwd":"%s","tool":"shell",
                                 "arguments":{"command":"ls"},"call_id":"c1"}
                                """
                                        .formatted(folder)));
        assertThat(json.readTree(Files.readString(folder.resolve("after.json"))))
                .isEqualTo(
                        json.readTree(
                                """
                                {"event":"after_tool","session":"s1","cwd":"%s","tool":"shell",
                                 "arguments":{"command":"ls"},"call_id":"c1",
                                 "result":"the result","failed":true}
                                """
                                        .formatted(folder)));
    }

    @Test
    void exitCodeTwoDeniesWithWhatWasComplained() {
        assertThat(before("true", "echo not on Fridays >&2; exit 2", "touch never"))
                .contains("not on Fridays");
        assertThat(folder.resolve("never")).doesNotExist();
        assertThat(before("exit 2")).contains("the hook `exit 2` denies it");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aDecisionOnTheOutputDenies() {
        assertThat(before("echo '{\"decision\":\"deny\",\"reason\":\"too big\"}'"))
                .contains("too big");
        assertThat(before("echo '{\"decision\":\"allow\"}'; echo noise >&2")).isEmpty();
        assertThat(before("echo checked 3 files")).isEmpty();
    }

    @Test
    void anotherExitCodeIsToldToTheUserAndGoesOn() {
        assertThat(before("echo broken >&2; exit 1")).isEmpty();
        assertThat(warnings)
                .containsExactly(
                        "the hook `echo broken >&2; exit 1` ended with exit code 1: broken");
    }

    @Test
    void aGuardThatIsMissingOrHangsOrDiesDenies() {
        assertThat(before("/nowhere/guard.sh"))
                .hasValueSatisfying(why -> {
                    assertThat(why).contains("/nowhere/guard.sh", "exit code 127");
                });
        CommandHooks hooks =
                hooks(
                        new HookSettings(
                                commands("echo $$ > pid; sleep 300"), List.of(), List.of()),
                        Duration.ofMillis(300));
        assertThat(hooks.beforeTool(CALL, cancel))
                .contains("the hook `echo $$ > pid; sleep 300` did not end within 0 s");
        assertThat(before("kill -KILL $$")).isPresent();
        assertThat(warnings).hasSize(3);
    }

    @Test
    void whatAHookSaysAfterAToolIsForTheModel() {
        assertThat(after("echo '{\"context\":\"3 lint errors\"}'")).contains("3 lint errors");
        assertThat(after("echo 'format it first' >&2; exit 2")).contains("format it first");
        assertThat(after("/nowhere/format.sh")).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aTurnIsKeptFromEndingThreeTimesAtMost() {
        CommandHooks hooks =
                hooks(
                        new HookSettings(
                                List.of(), List.of(), commands("echo run the tests >&2; exit 2")),
                        Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) {
            assertThat(hooks.onStop("s1", "done", cancel)).contains("run the tests");
        }
        assertThat(hooks.onStop("s1", "done", cancel)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("3 times in a row");
        assertThat(hooks.onStop("s1", "done", cancel)).contains("run the tests");
    }

    @Test
    void interruptingDoesNotWaitForAHook() throws InterruptedException {
        CommandHooks hooks =
                hooks(
                        new HookSettings(commands("touch begun; sleep 300"), List.of(), List.of()),
                        Duration.ofSeconds(300));
        Thread call = Thread.ofVirtual().start(() -> hooks.beforeTool(CALL, cancel));
        while (!Files.exists(folder.resolve("begun"))) {
            LockSupport.parkNanos(1_000_000);
        }
        cancel.cancel("escape");
        assertThat(call.join(Duration.ofSeconds(20))).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aHookThatReadsNothingOfALongResultHoldsUpNobody() {
        CommandHooks hooks =
                hooks(
                        new HookSettings(List.of(), commands("sleep 300 & exit 0"), List.of()),
                        Duration.ofSeconds(20));
        assertThat(hooks.afterTool(CALL, "x".repeat(5_000_000), false, cancel)).isEmpty();
        assertThat(warnings).isEmpty();
    }
}
