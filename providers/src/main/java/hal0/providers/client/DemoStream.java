package hal0.providers.client;

import hal0.providers.ChatStream;
import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The `demo` provider: a canned text that says it is one, word by word, for a first look without a
/// key or a network.
final class DemoStream implements ChatStream {
    private static final String SCHEME = "demo";
    private static final String TEXT =
            """
            # This is a demo

            No model is at work here: **this text is canned** and comes from hal0 itself. \
            Your prompt had {count} characters, and nobody but this program has seen them.

            To talk to a real model:

            - put a key into the environment, such as `ANTHROPIC_API_KEY` or `OPENROUTER_API_KEY`, or
            - start a local server, such as Ollama, and
            - choose a provider: press `/` and pick *provider*.

            On the command line it is:

            ```sh
            hal0 ask --provider ollama "Why is the sky blue?"
            ```
            """;

    private final Provider provider;
    private final String model;
    private final Duration pace;
    private final CancelToken cancel;
    private final CancelToken.Registration hook;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ArrayDeque<StreamEvent> events = new ArrayDeque<>();

    DemoStream(
            Provider provider,
            String model,
            ChatRequest request,
            CancelToken cancel,
            Duration pace) {
        this.provider = provider;
        this.model = model;
        this.pace = pace;
        this.cancel = cancel;
        fill(request);
        hook = cancel.onCancel(ended::countDown);
    }

    static boolean isDemo(Provider provider) {
        return SCHEME.equals(provider.baseUrl().getScheme());
    }

    private void fill(ChatRequest request) {
        String prompt = prompt(request);
        events.add(new StreamEvent.Started(SCHEME, model));
        int words = 0;
        String count = Integer.toString(prompt.codePointCount(0, prompt.length()));
        for (String word : TEXT.replace("{count}", count).split("(?<=\\s)", -1)) {
            if (!word.isEmpty()) {
                events.add(new StreamEvent.TextDelta(word));
                words++;
            }
        }
        // It counts words, and is free.
        events.add(new StreamEvent.UsageReport(Usage.of(prompt.split("\\s+", -1).length, words)));
        events.add(new StreamEvent.Done(StopReason.END));
    }

    /// The text of the last message of the user.
    private static String prompt(ChatRequest request) {
        StringBuilder text = new StringBuilder();
        for (Message message : request.messages().reversed()) {
            if (message.role() == Role.USER) {
                for (Part part : message.parts()) {
                    if (part instanceof Part.Text(var piece)) {
                        text.append(piece);
                    }
                }
                break;
            }
        }
        return text.toString();
    }

    @Override
    public @Nullable StreamEvent next() {
        if (events.isEmpty()) {
            return null;
        }
        if (isOver()) {
            events.clear();
            String reason = cancel.reason();
            throw new ProviderException.Cancelled(
                    provider.id() + ": cancelled: " + (reason == null ? "it was closed" : reason),
                    Failure.unanswered(provider.id(), model));
        }
        return events.poll();
    }

    /// Waits for the next word, or for the end.
    private boolean isOver() {
        try {
            return ended.await(pace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        hook.close();
        ended.countDown();
    }
}
