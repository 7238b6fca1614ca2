package hal0.tui.board;

import hal0.relay.control.ProviderStatus;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.state.FirstChoice;
import hal0.tui.state.Place;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What there is to begin with: keys in the environment, servers on this machine, a key that is
/// entered now, or the model that is built in.
public final class FirstRunBoard {
    private static final List<Column> COLUMNS = List.of(Column.left("", 0), Column.left("", 1));
    private static final String DEMO = "demo";

    /// What providers are called by those who sell access to them.
    private static final Map<String, String> KNOWN =
            Map.ofEntries(
                    Map.entry("openai", "GPT models, platform.openai.com"),
                    Map.entry("anthropic", "Claude models, console.anthropic.com"),
                    Map.entry("google", "Gemini models, aistudio.google.com"),
                    Map.entry("openrouter", "hundreds of models with one key, openrouter.ai"),
                    Map.entry("deepseek", "DeepSeek models, platform.deepseek.com"),
                    Map.entry("groq", "open models, fast, console.groq.com"),
                    Map.entry("mistral", "Mistral models, console.mistral.ai"),
                    Map.entry("xai", "Grok models, console.x.ai"),
                    Map.entry("together", "open models, together.ai"),
                    Map.entry("fireworks", "open models, fireworks.ai"),
                    Map.entry("cerebras", "open models, fast, cerebras.ai"),
                    Map.entry("perplexity", "models that search the web, perplexity.ai"),
                    Map.entry("ollama", "models on this machine"),
                    Map.entry("lmstudio", "models on this machine"),
                    Map.entry("llamacpp", "models on this machine"),
                    Map.entry("vllm", "models on this machine"));

    private static final List<String> FIRST =
            List.of("anthropic", "openai", "google", "openrouter", "deepseek", "groq");

    private FirstRunBoard() {}

    public static Content of(List<FirstChoice> found, List<ProviderStatus> providers) {
        List<Line> lines = new ArrayList<>();
        List<FirstChoice> real =
                found.stream().filter(choice -> !choice.provider().equals(DEMO)).toList();
        if (real.isEmpty()) {
            lines.add(
                    Line.words(
                            "No key is in the environment and no model server answers on this machine.",
                            Role.PLAIN));
            lines.add(
                    Line.words(
                            "Choose a provider to enter its key, start Ollama or LM Studio and come back with Ctrl+O, or try demo.",
                            Role.DIM));
        } else {
            lines.add(new Line.Head("Found"));
            real.forEach(choice -> lines.add(found(choice)));
        }
        if (providers.stream().anyMatch(FirstRunBoard::isSetUp)) {
            lines.add(models());
        }
        lines.add(new Line.Head("Without a key"));
        lines.add(
                new Line.Row(
                        DEMO,
                        List.of(
                                Board.cell(DEMO, Role.ACCENT),
                                Board.cell("a built-in model to look around with; needs nothing")),
                        List.of(Act.leaving(Act.ENTER, "uses it", new Effect.Use(DEMO, null)))));
        List<Line> keys = new ArrayList<>();
        FIRST.forEach(id -> key(keys, id, providers));
        providers.stream()
                .map(ProviderStatus::id)
                .filter(id -> !FIRST.contains(id))
                .forEach(id -> key(keys, id, providers));
        if (!keys.isEmpty()) {
            lines.add(new Line.Head("Enter a key"));
            lines.addAll(keys);
        }
        return new Content(COLUMNS, lines, null);
    }

    /// Whether somebody did something for it: servers of this machine are found where they answer.
    private static boolean isSetUp(ProviderStatus status) {
        return status.enabled()
                && switch (status.keyState()) {
                    case SET -> true;
                    case MISSING -> false;
                    case NOT_NEEDED -> !KNOWN.containsKey(status.id()) && !status.id().equals(DEMO);
                };
    }

    private static Line.Row models() {
        return new Line.Row(
                "models",
                List.of(
                        Board.cell("models", Role.ACCENT),
                        Board.cell("of the providers that can be used")),
                List.of(Act.open(Act.ENTER, "lists them", Place.of(Place.Kind.MODELS))));
    }

    private static Line.Row found(FirstChoice choice) {
        String what = KNOWN.getOrDefault(choice.provider(), "");
        String model = choice.model() == null ? "" : " · " + choice.model();
        return new Line.Row(
                "found " + choice.provider(),
                List.of(
                        Board.cell(choice.provider(), Role.ACCENT),
                        Board.cell("✓ " + choice.reason() + model)),
                List.of(
                        Act.leaving(
                                Act.ENTER,
                                "uses it",
                                new Effect.Use(choice.provider(), choice.model()))),
                what);
    }

    private static void key(List<Line> lines, String id, List<ProviderStatus> providers) {
        providers.stream()
                .filter(status -> status.id().equals(id) && status.enabled())
                .filter(status -> status.keyState() == KeyState.MISSING)
                .filter(status -> !status.keyNames().isEmpty())
                .findFirst()
                .ifPresent(status -> lines.add(key(status)));
    }

    private static Line.Row key(ProviderStatus status) {
        String variable = status.keyNames().getFirst();
        return new Line.Row(
                "key " + status.id(),
                List.of(
                        Board.cell(status.id()),
                        Board.cell(KNOWN.getOrDefault(status.id(), status.baseUrl()), Role.DIM)),
                List.of(
                        Act.secret(
                                Act.ENTER,
                                "enters its key",
                                variable + ", kept in api.env and nowhere else",
                                value ->
                                        new Effect.Alter(
                                                new Change.SetKey(
                                                        status.id(),
                                                        variable,
                                                        ProvidersBoard.secret(value),
                                                        true)))),
                "reads " + variable);
    }
}
