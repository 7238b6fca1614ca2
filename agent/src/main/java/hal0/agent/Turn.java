package hal0.agent;

import hal0.agent.AgentEvent.TurnFailed;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.agent.session.SessionException;
import hal0.agent.tool.AgentTool;
import hal0.home.error.ErrorKind;
import hal0.providers.Answer;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One turn: the model answers and its calls are run, until it has nothing more to do, a limit is
/// reached or the user interrupts.
final class Turn {
    /// What every dialect calls it.
    private static final String TOO_LONG = "context_length_exceeded";

    private final TurnParts parts;
    private final CancelToken cancel;
    private final Consumer<AgentEvent> sink;
    private final Supplier<@Nullable Nudge> nudges;
    private final SessionRecorder recorder;
    private final Account account;
    private final Repetition repetition = new Repetition();
    private boolean toolless;

    Turn(
            TurnParts parts,
            CancelToken cancel,
            Consumer<AgentEvent> sink,
            Supplier<@Nullable Nudge> nudges,
            Account account) {
        this.parts = parts;
        this.account = account;
        this.cancel = cancel;
        this.sink = sink;
        this.nudges = nudges;
        this.recorder = parts.recorder();
    }

    /// How it ended.
    AgentEvent run(List<Part> input) {
        try {
            // What was to be told before stands before what is said now.
            nudged();
            recorder.say(new SessionEntry.UserSaid(parts.now(), input));
            AgentEvent last = steps();
            recorder.log().sync();
            return last;
        } catch (SessionException e) {
            return new TurnFailed(e.kind(), String.valueOf(e.getMessage()));
        }
    }

    private AgentEvent steps() {
        int most = parts.equipment().limits().answers();
        for (int answers = 1; ; answers++) {
            nudged();
            Optional<AgentEvent> failed = compacted();
            if (failed.isPresent()) {
                return failed.get();
            }
            Step step = answered();
            if (step.last() != null) {
                return step.last();
            }
            if (!step.calls().isEmpty()) {
                new ToolCalls(parts, account, cancel, sink, repetition).run(step.calls());
                if (cancel.isCancelled()) {
                    recorder.happened(new SessionEntry.Halted(parts.now(), "interrupted"));
                    return new AgentEvent.TurnInterrupted();
                }
                Optional<String> stuck = repetition.stuck();
                if (stuck.isPresent()) {
                    return halted(stuck.get());
                }
            }
            if (answers >= most) {
                return halted(
                        "the limit of answers in a turn (%d) is reached; say \"go on\", or raise max_turns under [agent]"
                                .formatted(answers));
            }
        }
    }

    private AgentEvent halted(String why) {
        recorder.happened(new SessionEntry.Halted(parts.now(), why));
        return new AgentEvent.TurnHalted(why);
    }

    /// What an answer leads to: calls to run, nothing for "ask again", or the end.
    private record Step(List<Part.ToolCall> calls, @Nullable AgentEvent last) {
        static Step end(AgentEvent last) {
            return new Step(List.of(), last);
        }
    }

    private Step answered() {
        SessionEntry.ModelSaid said;
        try {
            said = askInTheWindow();
        } catch (ProviderException e) {
            return Step.end(unanswered(e));
        }
        if (said.spent()) {
            Usage usage = said.usage() == null ? Usage.NONE : said.usage();
            sink.accept(new AgentEvent.Spent(usage, said.cost()));
        }
        recorder.happened(said);
        List<Part.ToolCall> calls = new ArrayList<>();
        for (Part part : said.parts()) {
            if (part instanceof Part.ToolCall call) {
                calls.add(call);
            }
        }
        return switch (said.ending()) {
            case Ending.Interrupted _ -> Step.end(new AgentEvent.TurnInterrupted());
            case Ending.Failed(var kind, var message) -> Step.end(new TurnFailed(kind, message));
            case Ending.Stopped(var reason) -> stopped(reason, said, calls);
        };
    }

    private Step stopped(
            StopReason reason, SessionEntry.ModelSaid said, List<Part.ToolCall> calls) {
        // Of an answer that was cut the last call may be cut too.
        if (!calls.isEmpty() && reason != StopReason.LENGTH && reason != StopReason.REFUSAL) {
            return new Step(calls, null);
        }
        if (reason == StopReason.PAUSE) {
            return new Step(List.of(), null);
        }
        Optional<String> more =
                parts.equipment().hooks().onStop(recorder.log().id(), said.text(), cancel);
        if (more.isPresent() && !cancel.isCancelled()) {
            recorder.happened(new SessionEntry.Nudged(parts.now(), "hook", more.get()));
            return new Step(List.of(), null);
        }
        return nudged() ? new Step(List.of(), null) : Step.end(new AgentEvent.TurnEnded(reason));
    }

    /// A window is often smaller than anybody knows: what does not fit is summed up and asked
    /// again.
    private SessionEntry.ModelSaid askInTheWindow() {
        try {
            return ask();
        } catch (ProviderException.Rejected e) {
            if (!TOO_LONG.equals(e.code()) || !summedUp()) {
                throw e;
            }
            return ask();
        }
    }

    private boolean summedUp() {
        if (parts.equipment().compaction().isOff()) {
            return false;
        }
        long half = Compaction.used(recorder.history()) / 2;
        try {
            return new Compactor(parts, account, cancel, sink).run(half);
        } catch (ProviderException e) {
            sink.accept(
                    new AgentEvent.Noted("older turns could not be summed up: " + e.getMessage()));
            return false;
        }
    }

    private SessionEntry.ModelSaid ask() {
        List<AgentTool> tools = offered();
        try {
            return read(tools);
        } catch (ProviderException e) {
            if (tools.isEmpty() || toolless || !refusesTools(e)) {
                throw e;
            }
            toolless = true;
            sink.accept(
                    new AgentEvent.Noted(
                            "%s takes no tools, so it is used without them"
                                    .formatted(parts.choice().get().name())));
            return read(List.of());
        }
    }

    private SessionEntry.ModelSaid read(List<AgentTool> tools) {
        try (Answer answer =
                parts.client()
                        .open(
                                parts.request(tools.stream().map(AgentTool::definition).toList()),
                                parts.call(account, cancel, sink))) {
            return new AnswerReading(answer, cancel, sink).run(parts.clock());
        }
    }

    private List<AgentTool> offered() {
        if (toolless) {
            return List.of();
        }
        List<AgentTool> tools = parts.equipment().tools().tools();
        boolean takesTools =
                !Boolean.FALSE.equals(parts.equipment().facts().of(parts.choice().get()).tools());
        if (!tools.isEmpty() && !takesTools) {
            toolless = true;
            sink.accept(
                    new AgentEvent.Noted(
                            "%s is known to take no tools, so it is used without them"
                                    .formatted(parts.choice().get().name())));
            return List.of();
        }
        return tools;
    }

    /// Servers have no code for it; all that name the matter use these words.
    private static boolean refusesTools(ProviderException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return e.kind() == ErrorKind.REJECTED
                && (message.contains("tool") || message.contains("function call"))
                && (message.contains("not support")
                        || message.contains("unsupported")
                        || message.contains("no support"));
    }

    private boolean nudged() {
        boolean any = false;
        for (Nudge nudge = nudges.get(); nudge != null; nudge = nudges.get()) {
            recorder.say(new SessionEntry.Nudged(parts.now(), "user", nudge.text()));
            sink.accept(new AgentEvent.Told(nudge.text()));
            for (String text : nudge.behind().texts(cancel, sink)) {
                recorder.say(new SessionEntry.Nudged(parts.now(), "hal0", text));
            }
            any = true;
        }
        return any;
    }

    /// A summary that cannot be had is no reason to stop while there is room left.
    private Optional<AgentEvent> compacted() {
        Long window = parts.equipment().facts().of(parts.choice().get()).contextWindow();
        if (window == null || !parts.equipment().compaction().due(recorder.history(), window)) {
            return Optional.empty();
        }
        try {
            var _ = new Compactor(parts, account, cancel, sink).run(window);
            return Optional.empty();
        } catch (ProviderException e) {
            if (cancel.isCancelled() || e.kind() == ErrorKind.BUDGET) {
                return Optional.of(unanswered(e));
            }
            sink.accept(
                    new AgentEvent.Noted("older turns could not be summed up: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private AgentEvent unanswered(ProviderException e) {
        ErrorKind kind = cancel.isCancelled() ? ErrorKind.CANCELLED : e.kind();
        String message = String.valueOf(e.getMessage());
        recorder.happened(new SessionEntry.NobodyAnswered(parts.now(), kind, message));
        return kind == ErrorKind.CANCELLED
                ? new AgentEvent.TurnInterrupted()
                : new TurnFailed(kind, message);
    }
}
