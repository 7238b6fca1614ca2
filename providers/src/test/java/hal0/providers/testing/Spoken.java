package hal0.providers.testing;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.Feature;
import hal0.providers.dialect.Features;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseReader;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/// One dialect from both ends, and what is lost between them.
///
/// **Threads** one.
public final class Spoken {
    /// Of the answers that are written; ids are made of it where none was given.
    static final String ID = "0123abc";

    private final Dialect dialect;
    private final Provider provider;
    private final String model;
    private final Losses losses;

    /// What a dialect says depends on whom it speaks to.
    Spoken(Dialect dialect, String baseUrl, String model) {
        this.dialect = dialect;
        this.provider = Provider.builder("acme", dialect.protocol(), URI.create(baseUrl)).build();
        this.model = model;
        this.losses = Losses.of(dialect.protocol());
    }

    /// Each dialect to those that it speaks to in ways of their own.
    static List<Spoken> all() {
        List<Spoken> all = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            Dialect dialect = Dialects.of(protocol);
            switch (protocol) {
                case OPENAI -> {
                    all.add(new Spoken(dialect, "http://h/v1", "m"));
                    all.add(new Spoken(dialect, "https://api.openai.com/v1", "gpt-4o"));
                }
                case ANTHROPIC -> all.add(new Spoken(dialect, "http://h", "m"));
                case RESPONSES -> all.add(new Spoken(dialect, "http://h/v1", "m"));
                case GEMINI -> all.add(new Spoken(dialect, "http://h/v1beta", "m"));
            }
        }
        return all;
    }

    public Protocol protocol() {
        return dialect.protocol();
    }

    /// The request as a client of this dialect sends it.
    public byte[] encode(ChatRequest request) {
        return dialect.encode(provider, model, request);
    }

    /// What a server of this dialect understands of it.
    public ReadRequest read(byte[] body, ChatRequest sent) throws InvalidRequestException {
        RequestLine line =
                protocol() == Protocol.GEMINI
                        ? new RequestLine(model, sent.stream())
                        : RequestLine.SILENT;
        return dialect.read(body, line);
    }

    /// What was read in normal form, without what this dialect adds of its own.
    ChatRequest understood(ChatRequest read, ChatRequest sent) {
        return losses.added(NormalForm.of(read), left(sent));
    }

    /// What must be left of a request that went through this dialect.
    public ChatRequest left(ChatRequest request) {
        ChatRequest normal = NormalForm.of(request);
        Set<Feature> missing = dialect.cannotSay(provider, model);
        ChatRequest said = Features.without(normal, missing, protocol());
        return NormalForm.of(losses.request(NormalForm.of(said))).withModel(model);
    }

    /// What was read of an answer.
    AnswerForm understood(List<StreamEvent> read) {
        return losses.answer(AnswerForm.of(read));
    }

    /// What must be left of an answer that went through this dialect.
    AnswerForm left(List<StreamEvent> events) {
        return losses.answer(AnswerForm.of(losses.events(events)));
    }

    /// What a client reads of an answer that came as a stream, fed in steps.
    List<StreamEvent> streamed(List<StreamEvent> events, IntSupplier step) throws IOException {
        AnswerWriter writer = dialect.writer(head());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        for (StreamEvent event : events) {
            writer.write(event, out);
        }
        return decoded(bytes.toByteArray(), step);
    }

    /// The same for an answer that breaks off.
    List<StreamEvent> failed(List<StreamEvent> begun, WireError error) throws IOException {
        AnswerWriter writer = dialect.writer(head());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        for (StreamEvent event : begun) {
            writer.write(event, out);
        }
        writer.fail(error, out);
        return decoded(bytes.toByteArray(), () -> Integer.MAX_VALUE);
    }

    /// What a client reads of a whole answer.
    List<StreamEvent> whole(List<StreamEvent> events) {
        List<StreamEvent> read = new ArrayList<>();
        dialect.decoder(errors()).whole(dialect.writer(head()).whole(events), read::add);
        return read;
    }

    /// What a client reads of these bytes.
    List<StreamEvent> decoded(byte[] bytes, IntSupplier step) throws IOException {
        int[] at = {0};
        SseReader reader =
                new SseReader((buffer, offset, length) -> {
                    if (at[0] == bytes.length) {
                        return -1;
                    }
                    int n = Math.min(step.getAsInt(), Math.min(length, bytes.length - at[0]));
                    System.arraycopy(bytes, at[0], buffer, offset, n);
                    at[0] += n;
                    return n;
                });
        AnswerDecoder decoder = dialect.decoder(errors());
        List<StreamEvent> read = new ArrayList<>();
        for (SseFrame frame = reader.next(); frame != null; frame = reader.next()) {
            decoder.frame(frame, read::add);
        }
        decoder.end(read::add);
        return read;
    }

    private AnswerErrors errors() {
        return new AnswerErrors(provider, "m", List.of(), InstantSource.system());
    }

    private static AnswerHead head() {
        ChatRequest request = ChatRequest.of("m", List.of());
        return new AnswerHead(ID, "the-model", Instant.ofEpochSecond(1_700_000_000), request, true);
    }

    @Override
    public String toString() {
        return protocol() + " to " + provider.baseUrl() + ", " + model;
    }
}
