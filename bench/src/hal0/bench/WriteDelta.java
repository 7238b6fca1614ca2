package hal0.bench;

import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What it costs to tell a client one piece of text.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteDelta {
    private static final StreamEvent DELTA = new StreamEvent.TextDelta(" virtual");

    @Param public Protocol protocol;

    private AnswerWriter writer;
    private SseWriter out;

    /// An answer is not endless: what its writer keeps ends with it.
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("hi")));
        writer =
                Dialects.of(protocol)
                        .writer(new AnswerHead("1", "m", Instant.EPOCH, request, true));
        out = new SseWriter(OutputStream.nullOutputStream());
        writer.write(new StreamEvent.Started("1", "m"), out);
        writer.write(DELTA, out);
    }

    @Benchmark
    public AnswerWriter write() throws IOException {
        writer.write(DELTA, out);
        return writer;
    }
}
