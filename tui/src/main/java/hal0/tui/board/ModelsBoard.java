package hal0.tui.board;

import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.SlotInfo;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Every model that can be talked to: those that were used last first, then by provider.
public final class ModelsBoard {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.left("model", 0),
                    Column.left("", 1),
                    Column.right("context", 2),
                    Column.right("$ in", 3),
                    Column.right("out / 1M", 3),
                    Column.left("can", 4));

    private ModelsBoard() {}

    /// What is known so far. **Shape** names are `provider/model`; `active` is empty before the
    /// first choice, and so is `provider` where a model's name alone says nothing.
    public record Known(
            List<ModelChoice> models,
            List<SlotInfo> slots,
            List<String> recent,
            String active,
            String provider) {
        public Known {
            models = List.copyOf(models);
            slots = List.copyOf(slots);
            recent = List.copyOf(recent);
        }
    }

    public static Content of(Known known, @Nullable String note) {
        return of(known, note, false);
    }

    /// While `left` providers have not answered yet.
    public static Content asking(Known known, int left) {
        return of(known, "asking " + left + " more …", true);
    }

    private static Content of(Known known, @Nullable String note, boolean more) {
        Map<String, ModelChoice> all = new LinkedHashMap<>();
        known.models().forEach(model -> all.putIfAbsent(name(model), model));
        Map<String, SlotInfo> slots = new HashMap<>();
        known.slots().forEach(slot -> slots.put(slot.name(), slot));
        List<Line> lines = new ArrayList<>();
        List<Line> recent = new ArrayList<>();
        for (String name : known.recent()) {
            ModelChoice model = all.remove(name);
            if (model != null) {
                recent.add(row(model, known, slots));
            }
        }
        if (!recent.isEmpty()) {
            lines.add(new Line.Head("used last"));
            lines.addAll(recent);
        }
        String provider = "";
        for (ModelChoice model : all.values()) {
            if (!model.provider().equals(provider)) {
                provider = model.provider();
                lines.add(new Line.Head(provider));
            }
            lines.add(row(model, known, slots));
        }
        return new Content(COLUMNS, lines, note, otherwise(known.provider()), more);
    }

    private static String name(ModelChoice model) {
        return model.provider() + "/" + model.info().id();
    }

    /// A name that no list has may be one all the same.
    private static Function<String, Line.@Nullable Row> otherwise(String provider) {
        return typed -> {
            int slash = typed.indexOf('/');
            if (typed.indexOf(' ') >= 0 || (slash <= 0 && provider.isEmpty())) {
                return null;
            }
            String name = slash > 0 ? typed : provider + "/" + typed;
            Effect.Work use =
                    slash > 0
                            ? new Effect.UseNamed(
                                    typed,
                                    provider.isEmpty() ? typed.substring(0, slash) : provider)
                            : new Effect.Use(provider, typed);
            return new Line.Row(
                    name,
                    List.of(Board.cell("use \"" + name + "\"", Role.ACCENT)),
                    List.of(Act.leaving(Act.ENTER, "uses it", use)),
                    "no list has it; the provider may know it all the same");
        };
    }

    private static Line.Row row(ModelChoice model, Known known, Map<String, SlotInfo> slots) {
        ModelInfo info = model.info();
        String name = name(model);
        boolean used = name.equals(known.active());
        SlotInfo slot = slots.get(model.provider());
        @Nullable SlotInfo unloaded = slot == null || slot.isReady() ? null : slot;
        return new Line.Row(
                name,
                List.of(
                        Board.cell((used ? "● " : "  ") + name, used ? Role.ACCENT : Role.PLAIN),
                        state(model, slot),
                        Board.cell(info.contextWindow() == null ? "" : count(info.contextWindow())),
                        Board.cell(model.local() ? "local" : price(info.price().input())),
                        Board.cell(model.local() ? "" : price(info.price().output())),
                        Board.cell(can(info), Role.DIM)),
                List.of(unloaded == null ? use(model) : load(model, unloaded, known.slots())),
                unloaded == null
                        ? about(info)
                        : "slot " + unloaded.name() + " is " + unloaded.state());
    }

    private static Act use(ModelChoice model) {
        return Act.leaving(
                Act.ENTER, "uses it", new Effect.Use(model.provider(), model.info().id()));
    }

    /// Loading may end what another slot serves on the same device.
    private static Act load(ModelChoice model, SlotInfo slot, List<SlotInfo> all) {
        Effect.Work load = new Effect.Alter(new Change.LoadAndUse(slot.name(), model.info().id()));
        List<String> others =
                all.stream()
                        .filter(other -> !other.name().equals(slot.name()))
                        .filter(other -> other.isReady() && other.device().equals(slot.device()))
                        .map(SlotInfo::name)
                        .toList();
        return others.isEmpty()
                ? Act.leaving(Act.ENTER, "loads and uses it", load)
                : Act.asking(
                        Act.ENTER,
                        "loads and uses it",
                        "Load it? " + String.join(", ", others) + " may have to make room.",
                        load);
    }

    private static Span state(ModelChoice model, @Nullable SlotInfo slot) {
        if (slot != null) {
            return Board.cell(
                    slot.isReady() ? "✓ loaded" : slot.isFailed() ? "✗ failed" : "not loaded",
                    slot.isReady() ? Role.ADDED : slot.isFailed() ? Role.ERROR : Role.DIM);
        }
        return model.listed() ? Board.cell("✓", Role.ADDED) : Board.cell("");
    }

    private static String price(@Nullable BigDecimal usd) {
        return usd == null ? "n/a" : usd.stripTrailingZeros().toPlainString();
    }

    private static String can(ModelInfo info) {
        List<String> words = new ArrayList<>();
        if (Boolean.TRUE.equals(info.tools())) {
            words.add("tools");
        }
        if (Boolean.TRUE.equals(info.images())) {
            words.add("images");
        }
        if (Boolean.TRUE.equals(info.thinking())) {
            words.add("thinking");
        }
        return String.join(" ", words);
    }

    private static String about(ModelInfo info) {
        List<String> parts = new ArrayList<>();
        if (info.displayName() != null && !info.displayName().equals(info.id())) {
            parts.add(info.displayName());
        }
        if (info.maxOutputTokens() != null) {
            parts.add("answers of up to " + count(info.maxOutputTokens()) + " tokens");
        }
        Price price = info.price();
        if (price.cachedInput() != null) {
            parts.add("cached input $" + price(price.cachedInput()));
        }
        if (Boolean.FALSE.equals(info.tools())) {
            parts.add("cannot call tools");
        }
        return String.join(" · ", parts);
    }

    /// Tokens, such as `32k` or `1M`.
    static String count(long tokens) {
        return tokens < 1000
                ? Long.toString(tokens)
                : tokens < 1_000_000
                        ? tokens / 1000 + "k"
                        : BigDecimal.valueOf(tokens / 100_000, 1)
                                        .stripTrailingZeros()
                                        .toPlainString()
                                + "M";
    }
}
