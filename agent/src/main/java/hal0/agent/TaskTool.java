package hal0.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.Sessions;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.home.error.ErrorKind;
import hal0.providers.message.Part;
import hal0.providers.message.Tool;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives a task to a sub-agent, which has a context of its own and answers with its result.
///
/// **Shape** a sub-agent has the permissions of who calls it, the tools of its own kind and not
/// this one. What it spends is charged to the conversation that it works for; what it changes
/// belongs to that one's turn.
public final class TaskTool implements AgentTool {
    private static final int LONGEST_TITLE = 80;
    private static final int LONGEST_RESULT = 30_000;

    private final SubAgents agents;
    private final Sessions sessions;
    private final Tool definition;

    public TaskTool(SubAgents agents, Sessions sessions) {
        this.agents = agents;
        this.sessions = sessions;
        Tool plain = ToolText.of(TaskTool.class, "task");
        this.definition =
                agents.described()
                        .map(more ->
                                new Tool(
                                        plain.name(),
                                        plain.description() + " Agents: " + more,
                                        plain.schema()))
                        .orElse(plain);
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        String prompt = arguments.path("prompt").asText("").strip();
        if (prompt.isEmpty()) {
            throw new ToolException("\"prompt\" is missing: say what is to be done");
        }
        String name = arguments.path("agent").asText("").strip();
        return new Task(agents.find(name.isEmpty() ? null : name), name, prompt);
    }

    /// Where a task is done: the turn that gave it.
    record Scope(TurnParts parts, Account account, Consumer<AgentEvent> sink) {}

    /// A task that was given.
    final class Task implements PlannedCall {
        private final SubAgents.SubAgent who;
        private final String name;
        private final String prompt;

        Task(SubAgents.SubAgent who, String name, String prompt) {
            this.who = who;
            this.name = name;
            this.prompt = prompt;
        }

        @Override
        public String title() {
            String line = prompt.lines().findFirst().orElse("");
            String shown =
                    line.length() > LONGEST_TITLE ? line.substring(0, LONGEST_TITLE) + "…" : line;
            return name.isEmpty() ? "task " + shown : "task " + name + ": " + shown;
        }

        @Override
        public List<Deed> deeds() {
            return List.of();
        }

        @Override
        public boolean parallel() {
            return who.reads();
        }

        /// Within a turn it is run with its [Scope].
        @Override
        public ToolOutcome run(ToolRun run) {
            throw new ToolException("a task needs a conversation that it belongs to");
        }

        ToolOutcome run(ToolRun run, Scope scope) {
            Agent.Origin origin =
                    new Agent.Origin(
                            scope.parts().origin().client(),
                            scope.parts().origin().cwd(),
                            who.system(),
                            name.isEmpty() ? null : name);
            Agent.Choice choice =
                    who.choice().model().isEmpty() ? scope.parts().choice().get() : who.choice();
            Work work = new Work(run.callId(), scope);
            try (Agent agent =
                    Agent.within(
                            scope.account(),
                            scope.parts().client(),
                            sessions,
                            origin,
                            choice,
                            scope.parts().options(),
                            who.equipment())) {
                agent.send(List.of(new Part.Text(prompt)), run.cancel(), work);
            }
            return work.outcome();
        }
    }

    /// Follows a sub-agent: hands on what happens, charges what it spends, keeps its last words.
    private static final class Work implements Consumer<AgentEvent> {
        private final String callId;
        private final Scope scope;
        private final StringBuilder words = new StringBuilder();
        private AgentEvent.@Nullable AnswerStarted answering;
        private @Nullable AgentEvent last;

        Work(String callId, Scope scope) {
            this.callId = callId;
            this.scope = scope;
        }

        @Override
        public void accept(AgentEvent event) {
            switch (event) {
                case AgentEvent.AnswerStarted started -> {
                    answering = started;
                    words.setLength(0);
                }
                case AgentEvent.TextDelta(var text) -> words.append(text);
                case AgentEvent.Spent spent -> charge(spent);
                case AgentEvent.ThinkingDelta _, AgentEvent.Work _ -> {}
                case AgentEvent.TurnEnded _,
                        AgentEvent.TurnHalted _,
                        AgentEvent.TurnInterrupted _,
                        AgentEvent.TurnFailed _ ->
                        last = event;
            }
            scope.sink().accept(new AgentEvent.Within(callId, event));
        }

        private void charge(AgentEvent.Spent spent) {
            AgentEvent.AnswerStarted by = answering;
            scope.account()
                    .recorder()
                    .happened(
                            new SessionEntry.SpentBeside(
                                    scope.parts().now(),
                                    "task",
                                    by == null ? "" : by.requestId(),
                                    by == null ? "" : by.provider(),
                                    by == null ? "" : by.model(),
                                    spent.usage(),
                                    spent.cost()));
        }

        ToolOutcome outcome() {
            String said = words.toString().strip();
            String text =
                    said.length() > LONGEST_RESULT
                            ? said.substring(0, LONGEST_RESULT) + "\n[cut here]"
                            : said;
            return switch (last) {
                case AgentEvent.TurnEnded _ ->
                        text.isEmpty()
                                ? ToolOutcome.failed("the sub-agent ended without a word")
                                : ToolOutcome.of(text);
                case AgentEvent.TurnHalted(var why) ->
                        ToolOutcome.failed("the sub-agent was stopped: " + why + after(text));
                case AgentEvent.TurnFailed(var kind, var message) ->
                        ToolOutcome.failed(
                                "the sub-agent failed (%s): %s%s"
                                        .formatted(word(kind), message, after(text)));
                case null, default -> ToolOutcome.failed("the sub-agent was interrupted");
            };
        }

        private static String word(ErrorKind kind) {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        private static String after(String text) {
            return text.isEmpty() ? "" : "\nIt had said: " + text;
        }
    }
}
