package hal0.bench;

import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// What it costs to understand one piece of text of a provider.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeDelta {
    @Param public Protocol protocol;

    private AnswerDecoder decoder;
    private SseFrame delta;

    /// An answer is not endless: what its decoder keeps ends with it.
    @Setup(Level.Iteration)
    public void begin() {
        decoder = Streams.decoder(protocol);
        Streams.head(protocol).forEach(frame -> decoder.frame(frame, _ -> {}));
        delta = Streams.delta(protocol);
    }

    @Benchmark
    public void decode(Blackhole hole) {
        Consumer<StreamEvent> out = hole::consume;
        decoder.frame(delta, out);
    }
}
