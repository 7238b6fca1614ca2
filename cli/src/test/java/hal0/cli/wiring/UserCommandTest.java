package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.Agent;
import hal0.agent.AgentEvent;
import hal0.agent.process.ChildEnvironment;
import hal0.agent.process.Starter;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.Sessions;
import hal0.agent.shell.Sandbox;
import hal0.agent.shell.Shell;
import hal0.agent.tool.AgentTool;
import hal0.agent.workspace.Workspace;
import hal0.providers.ModelClient;
import hal0.providers.event.StopReason;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCommandTest {
    @TempDir Path folder;

    private final Starter starter = new Starter(ChildEnvironment.of(System.getenv(), Set.of()));
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<SessionEntry> recorded = new ArrayList<>();

    @AfterEach
    void endPrograms() {
        starter.close();
    }

    @Test
    void itsOutputIsShownAndKeptForTheModel() throws IOException {
        run("echo one; echo '```'");
        assertThat(events.getFirst()).isInstanceOf(AgentEvent.ToolStarted.class);
        assertThat(events).last().isEqualTo(new AgentEvent.TurnEnded(StopReason.END));
        assertThat(shown()).contains("``````\none\n```\n");
        assertThat(recorded)
                .satisfiesExactly(
                        said -> assertThat(said.toString()).contains("!echo one; echo '```'"),
                        gave -> assertThat(gave.toString()).contains("\none\n"));
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
    void withoutAShellItSaysSo() throws IOException {
        run(List.of(), "ls");
        assertThat(shown()).contains("there is no shell here");
        assertThat(recorded).isEmpty();
    }

    private void run(String command) throws IOException {
        Shell shell =
                new Shell(Workspace.of(folder), starter, Sandbox.NONE, folder.resolve("outputs"));
        run(shell.tools(), command);
    }

    private void run(List<AgentTool> tools, String command) throws IOException {
        Sessions sessions = new Sessions(folder.resolve("sessions"), InstantSource.system());
        ModelClient silent =
                (_, _) -> {
                    throw new AssertionError("nobody is to be asked");
                };
        Agent.Origin origin = new Agent.Origin("tui", folder.toString(), null);
        Agent.Choice choice = new Agent.Choice("", "");
        try (Agent agent = new Agent(silent, sessions, origin, choice, Options.DEFAULT)) {
            new UserCommand(tools, command).run(agent, new CancelToken(), events::add);
            agent.history().all().forEach(each -> recorded.add(each.entry()));
        }
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
