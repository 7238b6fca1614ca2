package hal0.bench;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.Dialect;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What it costs to write a request whose conversation is long: a turn is a call of a tool, its
/// result of two kilobytes, and a few words.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncodeConversation {
    @Param public Protocol protocol;

    @Param({"125", "250", "500"})
    public int turns;

    private Dialect dialect;
    private Provider provider;
    private ChatRequest request;

    @Setup
    public void converse() {
        dialect = Dialects.of(protocol);
        provider = Streams.provider(protocol);
        List<Message> messages = new ArrayList<>(List.of(Message.system("Be brief.")));
        String file = "int x = \"ü\".length();\n".repeat(90);
        for (int i = 0; i < turns; i++) {
            String call = "call_" + i;
            messages.add(Message.user("Look at file " + i + "."));
            messages.add(
                    new Message(
                            Role.ASSISTANT,
                            List.of(
                                    new Part.Text("I look at it."),
                                    new Part.ToolCall(
                                            call, "read", "{\"path\":\"src/%d\"}".formatted(i)))));
            messages.add(
                    new Message(
                            Role.USER,
                            List.of(
                                    new Part.ToolResult(
                                            call, List.of(new Part.Text(file)), false))));
            messages.add(Message.assistant("It measures a text."));
        }
        messages.add(Message.user("Thank you."));
        Tool read =
                new Tool(
                        "read",
                        "Reads a file.",
                        "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}}}");
        request = new ChatRequest("m", messages, List.of(read), Options.DEFAULT, true);
    }

    @Benchmark
    public byte[] encode() {
        return dialect.encode(provider, "m", request);
    }
}
