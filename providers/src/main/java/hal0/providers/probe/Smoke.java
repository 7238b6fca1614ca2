package hal0.providers.probe;

import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whether a model answers: a fixed sentence as a whole answer, the same streamed, and a call of a
/// tool.
///
/// **Shape** three checks, always, in that order. No temperature is sent, since some models take
/// none. A failure that the next question would only meet again (the key, the network, the model's
/// name) makes the rest `SKIP`. **Errors** only `Cancelled`. **Threads** any; blocks.
public final class Smoke {
    private static final String WORD = "hal0-ok";
    private static final String PROMPT = "Reply with exactly: " + WORD;
    private static final int MAX_TOKENS = 256;
    private static final String TOOL = "hal0_echo";
    private static final Tool ECHO =
            new Tool(
                    TOOL,
                    "Repeats a text.",
                    """
                    {"type":"object","properties":{"text":{"type":"string","description":"What to repeat."}},"required":["text"]}\
                    """);

    private enum Step {
        ANSWER,
        STREAM,
        TOOL_CALL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Asking asking;

    public Smoke(Asking asking) {
        this.asking = asking;
    }

    /// The checks of one model; each is told to `done` as soon as it is made. `tools` is what is
    /// known of the model's tools, null where nothing is.
    public List<Check> run(
            Provider provider,
            String model,
            @Nullable Boolean tools,
            CancelToken cancel,
            Consumer<Check> done) {
        List<Check> checks = new ArrayList<>();
        String before = null;
        for (Step step : Step.values()) {
            Check check;
            if (before != null) {
                check = Check.skipped(step.word(), before);
            } else if (step == Step.TOOL_CALL && Boolean.FALSE.equals(tools)) {
                check = Check.skipped(step.word(), model + " is known to call no tools");
            } else {
                Exchange exchange =
                        Exchange.of(asking, provider, model, request(step, model), cancel);
                check = judge(step, exchange, tools);
                before = endsAll(exchange) ? "not asked: it would fail as the check before" : null;
            }
            checks.add(check);
            done.accept(check);
        }
        return List.copyOf(checks);
    }

    /// The one row of a provider that cannot be asked at all.
    public static Check unasked(Verdict verdict, String why) {
        return new Check(Step.ANSWER.word(), verdict, null, Usage.NONE, null, why);
    }

    private static ChatRequest request(Step step, String model) {
        boolean tool = step == Step.TOOL_CALL;
        String prompt = tool ? "Call the tool %s with the text %s.".formatted(TOOL, WORD) : PROMPT;
        return new ChatRequest(
                model,
                List.of(Message.user(prompt)),
                tool ? List.of(ECHO) : List.of(),
                Options.DEFAULT.withMaxTokens(MAX_TOKENS),
                step != Step.ANSWER);
    }

    private static boolean endsAll(Exchange exchange) {
        return switch (exchange.failure()) {
            case null -> false;
            case ProviderException.Unauthenticated _,
                    ProviderException.Misconfigured _,
                    ProviderException.NotReady _,
                    ProviderException.OverBudget _,
                    ProviderException.Forbidden _,
                    ProviderException.UnknownModel _,
                    ProviderException.Unreachable _,
                    ProviderException.TimedOut _ ->
                    true;
            case ProviderException.Rejected _,
                    ProviderException.RateLimited _,
                    ProviderException.Overloaded _,
                    ProviderException.BadStream _,
                    ProviderException.Cancelled _ ->
                    false;
        };
    }

    private static Check judge(Step step, Exchange exchange, @Nullable Boolean tools) {
        String name = step.word();
        ProviderException failure = exchange.failure();
        boolean call = step == Step.TOOL_CALL;
        if (failure instanceof ProviderException.OverBudget) {
            return Check.skipped(name, String.valueOf(failure.getMessage()));
        }
        if (failure != null) {
            boolean noTools = call && tools == null && speaksOfTools(failure);
            return Check.of(
                    name,
                    noTools ? Verdict.SKIP : Verdict.FAIL,
                    exchange,
                    (noTools ? "the model calls no tools: " : "") + failure.getMessage());
        }
        if (call) {
            return calls(name, exchange);
        }
        return exchange.text().equals(WORD)
                ? Check.of(name, Verdict.PASS, exchange, "")
                : Check.of(name, Verdict.WARN, exchange, "answered, but " + exchange.saidInstead());
    }

    private static Check calls(String name, Exchange exchange) {
        for (Part.ToolCall called : exchange.calls()) {
            if (called.name().equals(TOOL)) {
                boolean right = called.arguments().contains(WORD);
                return Check.of(
                        name,
                        right ? Verdict.PASS : Verdict.WARN,
                        exchange,
                        right ? "" : "it called the tool with " + Excerpt.of(called.arguments()));
            }
        }
        return Check.of(
                name, Verdict.WARN, exchange, "it called no tool; " + exchange.saidInstead());
    }

    /// A refusal whose reason is the tool, as Ollama ("does not support tools") and OpenRouter ("no
    /// endpoints found that support tool use") put it.
    private static boolean speaksOfTools(ProviderException failure) {
        boolean refusal =
                failure instanceof ProviderException.Rejected
                        || failure instanceof ProviderException.UnknownModel;
        String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return refusal && (words.contains("tool") || words.contains("function call"));
    }
}
