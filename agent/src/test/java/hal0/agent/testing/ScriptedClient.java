package hal0.agent.testing;

import hal0.providers.Answer;
import hal0.providers.ModelClient;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Answers from a script, in order, and keeps the requests. An answer that was not closed fails
/// `assertAllClosed`.
public final class ScriptedClient implements ModelClient {
    public static final Failure FAILURE = Failure.unanswered("scripted", "model-1");

    private final Deque<Object> script = new ArrayDeque<>();
    private final List<ChatRequest> requests = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private Function<Usage, Cost> price = _ -> new Cost.Usd(new BigDecimal("0.01"));
    private int open;

    /// Events of the next answer; an exception among them is thrown there, and a Runnable runs.
    public ScriptedClient answer(Object... steps) {
        script.add(List.of(steps));
        return this;
    }

    /// The next answer does not begin.
    public ScriptedClient refuse(ProviderException e) {
        script.add(e);
        return this;
    }

    public ScriptedClient price(Function<Usage, Cost> next) {
        price = next;
        return this;
    }

    public List<ChatRequest> requests() {
        return requests;
    }

    public List<Call> calls() {
        return calls;
    }

    public void assertAllClosed() {
        if (open != 0) {
            throw new AssertionError(open + " answers were not closed");
        }
    }

    @Override
    public Answer open(ChatRequest request, Call call) {
        requests.add(request);
        calls.add(call);
        Object next = script.remove();
        if (next instanceof ProviderException e) {
            throw e;
        }
        open++;
        return new Scripted("r" + requests.size(), new ArrayDeque<>((List<?>) next), call.cancel());
    }

    private final class Scripted implements Answer {
        private final String requestId;
        private final Deque<Object> steps;
        private final CancelToken cancel;
        private boolean closed;

        Scripted(String requestId, Deque<Object> steps, CancelToken cancel) {
            this.requestId = requestId;
            this.steps = steps;
            this.cancel = cancel;
        }

        @Override
        public @Nullable StreamEvent next() {
            while (true) {
                if (cancel.isCancelled()) {
                    // What a socket that is closed under its reader looks like.
                    throw new ProviderException.BadStream("socket closed", FAILURE, null);
                }
                switch (steps.poll()) {
                    case null -> {
                        return null;
                    }
                    case StreamEvent event -> {
                        return event;
                    }
                    case ProviderException e -> throw e;
                    case Runnable action -> action.run();
                    case Object other -> throw new IllegalArgumentException(other.toString());
                }
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
        }

        @Override
        public String requestId() {
            return requestId;
        }

        @Override
        public String provider() {
            return "scripted";
        }

        @Override
        public String model() {
            return "model-1";
        }

        @Override
        public Cost cost(Usage usage) {
            return price.apply(usage);
        }
    }
}
