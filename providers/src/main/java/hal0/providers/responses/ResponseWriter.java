package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes an answer, as a stream or whole.
///
/// **Shape** thinking and text are one item at a time; calls stay open beside them until the end,
/// for parallel ones come in turns. A call begins when its id and its name are known, for both
/// stand in its first event. The last event repeats every item as it ended.
final class ResponseWriter implements AnswerWriter {
    private final AnswerHead head;
    private final AnswerEnvelope envelope;
    private final EventOutput events = new EventOutput();
    private final Map<Integer, String> ended = new TreeMap<>();
    private final Map<Integer, PendingCall> calls = new TreeMap<>();
    private @Nullable OutputItem open;
    private @Nullable String phase;
    private @Nullable Usage usage;
    private boolean started;
    private int places;

    ResponseWriter(AnswerHead head) {
        this.head = head;
        this.envelope = new AnswerEnvelope(head);
    }

    @Override
    public void write(StreamEvent event, SseWriter out) throws IOException {
        events.to(out);
        take(event);
    }

    @Override
    public byte[] whole(List<StreamEvent> all) {
        try {
            events.to(null);
            StopReason reason = StopReason.END;
            for (StreamEvent event : all) {
                if (event instanceof StreamEvent.Done(var why, _)) {
                    reason = why;
                } else {
                    take(event);
                }
            }
            Ending ending = Ending.of(reason);
            closeAll(ending.itemStatus());
            return events.bytes(json ->
                    envelope.write(
                            json, ending.status(), ending.reason(), null, ended.values(), usage));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
    }

    @Override
    public void fail(WireError error, SseWriter out) throws IOException {
        events.to(out);
        start();
        events.send("error", json -> WireErrors.event(json, error));
        events.send(
                "response.failed",
                json -> response(json, AnswerEnvelope.Status.FAILED, null, error));
    }

    private void response(
            JsonGenerator json,
            AnswerEnvelope.Status status,
            @Nullable String reason,
            @Nullable WireError error)
            throws IOException {
        json.writeFieldName("response");
        envelope.write(json, status, reason, error, ended.values(), usage);
    }

    private void start() throws IOException {
        if (started) {
            return;
        }
        started = true;
        for (String event : List.of("response.created", "response.in_progress")) {
            events.send(
                    event, json -> response(json, AnswerEnvelope.Status.IN_PROGRESS, null, null));
        }
    }

    private void take(StreamEvent event) throws IOException {
        start();
        switch (event) {
            case StreamEvent.Started _ -> {}
            case StreamEvent.TextDelta(var text) -> text(text);
            case StreamEvent.ThinkingDelta(var text) -> thought(text);
            case StreamEvent.ThinkingSignature(var signature) ->
                    prove(new CarriedProof.Thought(signature));
            case StreamEvent.RedactedThinking(var data) -> {
                close("completed");
                prove(new CarriedProof.Redacted(data));
            }
            case StreamEvent.OpaquePart(var part) -> opaque(part);
            case StreamEvent.ToolCallDelta delta -> call(delta);
            case StreamEvent.UsageReport(var report) -> usage = report;
            case StreamEvent.Done(var reason, _) -> end(Ending.of(reason));
        }
    }

    private void text(String text) throws IOException {
        if (!(open instanceof OutputItem.Said)) {
            close("completed");
            String id = "msg_" + head.id() + "_" + places;
            OutputItem.Said said = new OutputItem.Said(places++, id, phase, new StringBuilder());
            phase = null;
            begin(said);
            events.part(
                    "response.content_part.added",
                    said,
                    json -> {
                        json.writeFieldName("part");
                        OutputItem.Said.part(json, "");
                    });
        }
        if (open instanceof OutputItem.Said said) {
            said.text().append(text);
            events.text("response.output_text.delta", said, "delta", text);
        }
    }

    private void thought(String text) throws IOException {
        OutputItem.Thought thought = openThought();
        if (thought.text().isEmpty()) {
            events.part(
                    "response.reasoning_summary_part.added",
                    thought,
                    json -> {
                        json.writeFieldName("part");
                        OutputItem.Thought.part(json, "");
                    });
        }
        thought.text().append(text);
        events.part(
                "response.reasoning_summary_text.delta",
                thought,
                json -> json.writeStringField("delta", text));
    }

    private OutputItem.Thought openThought() throws IOException {
        if (open instanceof OutputItem.Thought thought) {
            return thought;
        }
        close("completed");
        String id = "rs_" + head.id() + "_" + places;
        OutputItem.Thought begun = new OutputItem.Thought(places++, id, new StringBuilder(), null);
        begin(begun);
        return begun;
    }

    private void prove(CarriedProof proof) throws IOException {
        open = openThought().proved(proof.encrypted());
        close("completed");
    }

    private void opaque(Part.Opaque part) throws IOException {
        if (part.origin() != Protocol.RESPONSES) {
            // Only its own protocol has words for it.
            return;
        }
        close("completed");
        String marked = MessagePhase.find(part);
        if (marked != null) {
            phase = marked;
            return;
        }
        begin(new OutputItem.Copied(places++, "", part.json()));
        close("completed");
    }

    private void call(StreamEvent.ToolCallDelta delta) throws IOException {
        PendingCall call = calls.get(delta.index());
        if (call == null) {
            close("completed");
            call = new PendingCall();
            calls.put(delta.index(), call);
        }
        call.add(delta);
        if (call.item() != null) {
            arguments(call.item(), delta.argumentsPart());
            return;
        }
        for (PendingCall next : calls.values()) {
            if (next.item() == null) {
                if (!next.isKnown()) {
                    // Those behind it wait, to stand behind it in the output too.
                    break;
                }
                begin(next);
            }
        }
    }

    private void begin(PendingCall call) throws IOException {
        proveCall(call);
        String id = "fc_" + head.id() + "_" + places;
        OutputItem.Called item = call.begin(places++, id);
        events.item("response.output_item.added", item.place(), item::begun);
        arguments(item, call.held());
    }

    /// A signature of a call has no place in it.
    private void proveCall(PendingCall call) throws IOException {
        String signature = call.takeSignature();
        if (signature != null) {
            close("completed");
            prove(new CarriedProof.Call(call.callId(), signature));
        }
    }

    private void arguments(OutputItem.Called item, String piece) throws IOException {
        if (!piece.isEmpty()) {
            item.arguments().append(piece);
            events.of(
                    "response.function_call_arguments.delta",
                    item,
                    json -> json.writeStringField("delta", piece));
        }
    }

    private void begin(OutputItem item) throws IOException {
        open = item;
        events.item("response.output_item.added", item.place(), item::begun);
    }

    private void close(String status) throws IOException {
        OutputItem item = open;
        if (item == null) {
            return;
        }
        open = null;
        switch (item) {
            case OutputItem.Said said -> {
                String text = said.text().toString();
                events.text("response.output_text.done", said, "text", text);
                events.part(
                        "response.content_part.done",
                        said,
                        json -> {
                            json.writeFieldName("part");
                            OutputItem.Said.part(json, text);
                        });
            }
            case OutputItem.Thought thought when !thought.text().isEmpty() -> {
                String text = thought.text().toString();
                events.part(
                        "response.reasoning_summary_text.done",
                        thought,
                        json -> json.writeStringField("text", text));
                events.part(
                        "response.reasoning_summary_part.done",
                        thought,
                        json -> {
                            json.writeFieldName("part");
                            OutputItem.Thought.part(json, text);
                        });
            }
            case OutputItem.Thought _, OutputItem.Called _, OutputItem.Copied _ -> {}
        }
        ended(item, status);
    }

    private void ended(OutputItem item, String status) throws IOException {
        String json = events.text(out -> item.ended(out, status));
        ended.put(item.place(), json);
        events.item("response.output_item.done", item.place(), out -> out.writeRawValue(json));
    }

    private void closeAll(String status) throws IOException {
        start();
        close(status);
        for (Map.Entry<Integer, PendingCall> entry : calls.entrySet()) {
            PendingCall call = entry.getValue();
            if (call.item() == null) {
                call.name(head.id(), entry.getKey());
                begin(call);
            }
            // One that came late.
            proveCall(call);
            OutputItem.Called item = call.begun();
            events.of(
                    "response.function_call_arguments.done",
                    item,
                    json -> {
                        json.writeStringField("arguments", item.written());
                        json.writeStringField("name", item.name());
                    });
            ended(item, status);
        }
        calls.clear();
    }

    private void end(Ending ending) throws IOException {
        closeAll(ending.itemStatus());
        events.send(
                "response." + ending.status().word(),
                json -> response(json, ending.status(), ending.reason(), null));
    }
}
