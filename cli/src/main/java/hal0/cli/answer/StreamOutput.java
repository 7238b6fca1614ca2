package hal0.cli.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.agent.AgentEvent;
import hal0.cli.console.Console;
import hal0.home.error.ErrorKind;
import hal0.providers.error.Setback;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One event a line, `done` or `error` last.
record StreamOutput(Console console, AnswerJson json) implements AnswerOutput {

    @Override
    public void accept(AgentEvent event, AnswerProgress progress) {
        switch (event) {
            case AgentEvent.AnswerStarted _,
                    AgentEvent.TextDelta _,
                    AgentEvent.ThinkingDelta _,
                    AgentEvent.Work _,
                    AgentEvent.Spent _ ->
                    step(event, null);
            case AgentEvent.TurnEnded(var reason) ->
                    last("done", out -> json.result(out, progress, reason));
            case AgentEvent.TurnInterrupted _ ->
                    failed(progress, ErrorKind.CANCELLED, "interrupted");
            case AgentEvent.TurnHalted(var why) -> failed(progress, ErrorKind.REJECTED, why);
            case AgentEvent.TurnFailed(var kind, var message) -> failed(progress, kind, message);
        }
    }

    private void failed(AnswerProgress progress, ErrorKind kind, String message) {
        last(
                "error",
                out -> {
                    AnswerJson.error(out, kind, message);
                    json.done(out, progress);
                });
    }

    private void last(String type, AnswerJson.Members members) {
        AnswerJson.write(
                console.out(),
                out -> {
                    out.writeStringField("type", type);
                    members.to(out);
                });
    }

    /// `parent` is the call within which it happens.
    private void step(AgentEvent event, @Nullable String parent) {
        switch (event) {
            case AgentEvent.TextDelta(var text) -> text("text_delta", text, parent);
            case AgentEvent.ThinkingDelta(var text) -> text("thinking_delta", text, parent);
            case AgentEvent.Spent(var usage, var cost) ->
                    line("usage", parent, out -> AnswerJson.usage(out, usage, cost));
            case AgentEvent.ToolStarted call -> line("tool_call", parent, out -> call(out, call));
            case AgentEvent.ToolOutput(var id, var text) ->
                    line(
                            "tool_output",
                            parent,
                            out -> {
                                out.writeStringField("id", id);
                                out.writeStringField("text", text);
                            });
            case AgentEvent.ToolEnded end -> line("tool_result", parent, out -> result(out, end));
            case AgentEvent.PlanChanged(var todos) ->
                    line("todo", parent, out -> AnswerJson.todos(out, todos));
            case AgentEvent.Within(var call, var inner) -> step(inner, call);
            case AgentEvent.Delayed(var setback) ->
                    line("retry", parent, out -> retry(out, setback));
            case AgentEvent.Compacted(var summary, _) -> text("compacted", summary, parent);
            case AgentEvent.Told(var text) -> text("told", text, parent);
            case AgentEvent.Noted(var text) -> text("note", text, parent);
            case AgentEvent.TurnHalted(var why) -> text("note", why, parent);
            case AgentEvent.TurnFailed(_, var message) -> text("note", message, parent);
            case AgentEvent.AnswerStarted _,
                    AgentEvent.TurnEnded _,
                    AgentEvent.TurnInterrupted _ -> {}
        }
    }

    /// `status` is null where nobody answered.
    private static void retry(JsonGenerator out, Setback setback) throws IOException {
        out.writeStringField("provider", setback.provider());
        out.writeStringField("kind", setback.kind().name().toLowerCase(Locale.ROOT));
        if (setback.status() > 0) {
            out.writeNumberField("status", setback.status());
        } else {
            out.writeNullField("status");
        }
        switch (setback.next()) {
            case Setback.Next.Again(var pause, var number, var most) -> {
                out.writeNumberField("after_ms", pause.toMillis());
                out.writeNumberField("try", number);
                out.writeNumberField("of", most);
            }
            case Setback.Next.Other(var target) -> out.writeStringField("target", target);
            case Setback.Next.OtherKey() -> out.writeNumberField("after_ms", 0);
        }
        out.writeStringField("text", setback.line());
    }

    private static void call(JsonGenerator out, AgentEvent.ToolStarted call) throws IOException {
        out.writeStringField("id", call.callId());
        out.writeStringField("name", call.tool());
        out.writeStringField("title", call.title());
        out.writeStringField("arguments", call.arguments());
    }

    private static void result(JsonGenerator out, AgentEvent.ToolEnded end) throws IOException {
        out.writeStringField("id", end.callId());
        out.writeBooleanField("failed", end.outcome().failed());
        out.writeBooleanField("denied", end.denied());
        out.writeStringField("content", end.outcome().text());
        if (end.outcome().diff() != null) {
            out.writeStringField("diff", end.outcome().diff());
        }
        out.writeNumberField("duration_ms", end.millis());
    }

    private void text(String type, String text, @Nullable String parent) {
        line(type, parent, out -> out.writeStringField("text", text));
    }

    private void line(String type, @Nullable String parent, AnswerJson.Members members) {
        AnswerJson.write(
                console.out(),
                out -> {
                    out.writeStringField("type", type);
                    if (parent != null) {
                        out.writeStringField("parent", parent);
                    }
                    members.to(out);
                });
    }
}
