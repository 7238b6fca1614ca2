package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.AgentEvent;
import hal0.agent.process.ChildEnvironment;
import hal0.agent.process.Starter;
import hal0.agent.shell.Sandbox;
import hal0.agent.shell.Shell;
import hal0.agent.workspace.Workspace;
import hal0.providers.event.StopReason;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCommandTest {
    @TempDir Path folder;

    private final Starter starter = new Starter(ChildEnvironment.of(System.getenv(), Set.of()));
    private final List<AgentEvent> events = new ArrayList<>();

    @AfterEach
    void endPrograms() {
        starter.close();
    }

    @Test
    void itsOutputIsShownAndKeptForTheModel() throws IOException {
        Optional<String> told = run("echo one; echo '```'");
        assertThat(events.getFirst()).isInstanceOf(AgentEvent.ToolStarted.class);
        assertThat(events).last().isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(shown()).contains("``````\none\n```\n");
        assertThat(told)
                .hasValueSatisfying(
                        text -> assertThat(text).contains("echo one").contains("\none\n"));
    }

    @Test
    void aCommandThatFailsIsMarkedAsFailed() throws IOException {
        run("exit 3");
        assertThat(events)
                .anySatisfy(event ->
                        assertThat(event)
                                .isInstanceOfSatisfying(
                                        AgentEvent.ToolEnded.class,
                                        end ->
                                                assertThat(end.outcome().text())
                                                        .contains("exit code 3")));
        assertThat(events).last().isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
    }

    @Test
    void withoutAShellItSaysSo() {
        new UserCommand(List.of(), "ls").run(new CancelToken(), events::add);
        assertThat(shown()).contains("there is no shell here");
    }

    private Optional<String> run(String command) throws IOException {
        Shell shell =
                new Shell(Workspace.of(folder), starter, Sandbox.NONE, folder.resolve("outputs"));
        return new UserCommand(shell.tools(), command).run(new CancelToken(), events::add);
    }

    private String shown() {
        StringBuilder text = new StringBuilder();
        for (AgentEvent event : events) {
            if (event instanceof AgentEvent.TextDelta(var piece)) {
                text.append(piece);
            }
        }
        return text.toString();
    }
}
