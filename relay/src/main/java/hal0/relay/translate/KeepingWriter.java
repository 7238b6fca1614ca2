package hal0.relay.translate;

import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Writes an answer and hands the whole of it to who keeps it, before the client can know that it
/// is over.
///
/// **Threads** one.
final class KeepingWriter implements AnswerWriter {
    private final AnswerWriter writer;
    private final AnswerHead head;
    private final Consumer<byte[]> keeper;
    private final List<StreamEvent> events = new ArrayList<>();

    KeepingWriter(AnswerWriter writer, AnswerHead head, Consumer<byte[]> keeper) {
        this.writer = writer;
        this.head = head;
        this.keeper = keeper;
    }

    @Override
    public void write(StreamEvent event, SseWriter out) throws IOException {
        events.add(event);
        if (event instanceof StreamEvent.Done) {
            keeper.accept(Dialects.of(Protocol.RESPONSES).writer(head).whole(events));
            events.clear();
        }
        writer.write(event, out);
    }

    @Override
    public void fail(WireError error, SseWriter out) throws IOException {
        writer.fail(error, out);
    }

    @Override
    public byte[] whole(List<StreamEvent> all) {
        byte[] answer = writer.whole(all);
        keeper.accept(answer);
        return answer;
    }
}
