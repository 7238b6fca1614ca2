package hal0.tui.state;

import hal0.agent.AgentEvent;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.tui.state.Effect.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What happens in a turn, on the screen.
final class TurnEvents {
    static final String COMPACTED = "older turns are told to the model as a summary now";
    private static final int LONG_TURN_SECONDS = 10;

    private TurnEvents() {}

    static UiState ticked(UiState state) {
        if (state.session().turn() instanceof Turn.Running(var seconds, var stopped, var ended)) {
            Session later = state.session().withTurn(new Turn.Running(seconds + 1, stopped, ended));
            return state.with(later.with(later.progress().ticked()))
                    .with(state.transcript().ticked());
        }
        return state;
    }

    static Next turned(UiState before, AgentEvent event) {
        Session waiting = before.session();
        Holdup holdup = Holdup.after(event);
        UiState state =
                Objects.equals(holdup, waiting.progress().holdup())
                        ? before
                        : before.with(waiting.with(waiting.progress().with(holdup)));
        return heard(state, event);
    }

    private static Next heard(UiState state, AgentEvent event) {
        Transcript transcript = state.transcript();
        Session session = state.session();
        return switch (event) {
            case AgentEvent.AnswerStarted(_, var provider, var model) ->
                    started(state, provider, model);
            case AgentEvent.TextDelta(var text) ->
                    Next.of(written(state, text).with(transcript.answered(text)));
            case AgentEvent.ThinkingDelta(var text) ->
                    Next.of(written(state, text).with(transcript.thinking(text)));
            case AgentEvent.Spent(var usage, var cost) ->
                    Next.of(state.with(session.spent(usage, cost)));
            case AgentEvent.ToolStarted(var id, _, var title, var arguments) ->
                    Next.of(state.with(transcript.called(id, ToolLine.Call.of(title, arguments))));
            case AgentEvent.ToolOutput(var id, var text) ->
                    Next.of(state.with(transcript.wrote(id, text)));
            case AgentEvent.ToolEnded(var id, var outcome, var denied, var millis) ->
                    Next.of(state.with(transcript.tooled(id, outcome, denied, millis)));
            case AgentEvent.PlanChanged(var todos) ->
                    Next.of(state.with(session.with(session.progress().with(Plan.of(todos)))));
            case AgentEvent.Within(var id, var inner) -> Next.of(within(state, id, inner));
            case AgentEvent.Delayed _ -> Next.of(state);
            case AgentEvent.Compacted(_, var left) ->
                    Next.of(
                            state.with(transcript.noted(COMPACTED))
                                    .with(session.withContext(left)));
            case AgentEvent.Told(var text) -> Next.of(told(state, text));
            case AgentEvent.Noted(var text) -> Next.of(state.with(transcript.noted(text)));
            case AgentEvent.TurnHalted(var why) ->
                    Next.of(closing(state, transcript.closed().noted(why)));
            case AgentEvent.TurnEnded(var reason) -> ended(state, transcript.closed(), reason);
            case AgentEvent.TurnInterrupted() ->
                    Next.of(closing(state, interrupted(state, transcript.closed())));
            case AgentEvent.TurnFailed(var kind, var message) ->
                    Next.of(closing(state, failure(transcript.closed(), kind, message)));
        };
    }

    private static UiState written(UiState state, String text) {
        Session session = state.session();
        return state.with(session.with(session.progress().bill().wrote(text.length())));
    }

    /// The conversation pays for those that its calls lead.
    private static UiState within(UiState state, String id, AgentEvent event) {
        ToolLine line = state.transcript().call(id);
        UiState next = state.with(state.transcript().within(id, event));
        if (event instanceof AgentEvent.Spent(var usage, var cost)) {
            String model = line == null ? "" : line.within().model();
            Session session =
                    state.session().beside(model.isEmpty() ? "sub-agents" : model, usage, cost);
            return next.with(session);
        }
        return next;
    }

    /// What is told by others than the user's hand was not waiting.
    private static UiState told(UiState state, String text) {
        Session session = state.session().told(text);
        return session.equals(state.session())
                ? state
                : state.with(session).with(state.transcript().said(text));
    }

    private static Next started(UiState before, String provider, String model) {
        String name = provider + "/" + model;
        Session session = before.session();
        UiState state = before.with(session.with(session.progress().bill().answering(name)));
        Active active = session.active();
        if (active == null
                || !active.provider().equals(provider)
                || !active.model().equals(model)) {
            boolean asked = active == null || active.provider().equals(provider);
            return Next.of(
                    asked ? state : state.with(state.transcript().noted("answered by " + name)));
        }
        boolean known = session.progress().bill().isPriced(name);
        return active.contextWindow() == null || !known
                ? Next.of(state, new Effect.Describe(provider, model))
                : Next.of(state);
    }

    private static Next ended(UiState state, Transcript closed, StopReason reason) {
        String note =
                switch (reason) {
                    case END, STOP_SEQUENCE, TOOL_CALLS -> null;
                    case LENGTH -> "the answer was cut at the model's output limit";
                    case REFUSAL -> "the provider or the model refused to go on";
                    case PAUSE -> "the provider paused this turn; send a message to go on";
                    case OTHER -> "the answer ended for a reason that the provider did not name";
                };
        UiState next = closing(state, note == null ? closed : closed.noted(note));
        boolean away =
                !state.screen().focused()
                        && state.session().turn() instanceof Turn.Running(var seconds, _, _)
                        && seconds >= LONG_TURN_SECONDS;
        return away ? Next.of(next, new Effect.Bell()) : Next.of(next);
    }

    /// Whoever was asked may charge for what it read, and nobody says whether it does.
    private static Transcript interrupted(UiState state, Transcript closed) {
        Transcript noted = closed.noted("interrupted");
        Session session = state.session();
        return session.progress().bill().turn().answers() == 0
                        && session.turn() instanceof Turn.Running(var seconds, _, _)
                ? noted.remarked(Receipt.unanswered(session.active(), seconds))
                : noted;
    }

    /// The plan as it stands and what the turn cost are written down.
    private static UiState closing(UiState state, Transcript transcript) {
        Session session = state.session();
        Transcript last = transcript;
        if (session.progress().plan().changed()) {
            last = last.planned(session.progress().plan().todos());
        }
        if (session.turn() instanceof Turn.Running(var seconds, var stopped, _)) {
            String receipt = Receipt.line(session.progress().bill(), seconds);
            last = receipt == null ? last : last.remarked(receipt);
            session = session.withTurn(new Turn.Running(seconds, stopped, true));
        }
        return state.with(last).with(session);
    }

    /// The conversation returned: whatever it did not say is said here.
    static Next over(UiState asking, @Nullable String problem) {
        UiState state = QuestionKeys.over(asking);
        boolean said = state.session().turn() instanceof Turn.Running(_, _, var ended) && ended;
        UiState next = state.with(state.session().withTurn(new Turn.Idle()));
        if (problem != null || !said) {
            String why = problem == null ? "the conversation ended without saying how" : problem;
            next = next.with(failure(next.transcript().closed(), ErrorKind.INTERNAL, why));
        }
        return Reducer.sendQueued(next);
    }

    static Transcript failure(Transcript transcript, ErrorKind kind, String message) {
        List<String> lines = new ArrayList<>();
        lines.add(message);
        lines.add(advice(kind));
        return transcript.failed(title(kind), lines);
    }

    private static String title(ErrorKind kind) {
        return switch (kind) {
            case CONFIGURATION -> "The configuration cannot be used";
            case REJECTED -> "The provider refuses this request";
            case UNAUTHENTICATED -> "The key is missing or was refused";
            case FORBIDDEN -> "The key may not do this";
            case BUDGET -> "The budget is spent";
            case UNKNOWN_MODEL -> "No such model";
            case RATE_LIMITED -> "Too many requests";
            case OVERLOADED -> "The provider cannot answer now";
            case UNREACHABLE -> "No connection";
            case TIMED_OUT -> "The answer took too long";
            case BAD_STREAM -> "The answer broke off";
            case CANCELLED -> "Cancelled";
            case INTERNAL -> "hal0 cannot go on";
        };
    }

    private static String advice(ErrorKind kind) {
        return switch (kind) {
            case CONFIGURATION -> "`hal0 config validate` lists every problem.";
            case REJECTED -> "Change the message, or take another model with Ctrl+O.";
            case UNAUTHENTICATED -> "Set the key and start again, or take /provider.";
            case BUDGET -> "Raise [budget] in config.toml, or take a local model with Ctrl+O.";
            case FORBIDDEN -> "Take another model with Ctrl+O, or another key.";
            case UNKNOWN_MODEL -> "Ctrl+O lists the models that there are.";
            case RATE_LIMITED, OVERLOADED -> "↑ Enter sends it again; Ctrl+O takes another model.";
            case UNREACHABLE -> "Check the address in /settings and the network; ↑ Enter retries.";
            case TIMED_OUT, BAD_STREAM -> "↑ Enter sends it again.";
            case CANCELLED -> "↑ Enter sends it again.";
            case INTERNAL -> "The log says more; ↑ Enter sends it again.";
        };
    }
}
