package hal0.tui.state;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What a session used of which model, and how much of that the turn that runs did.
///
/// **Shape** `models` by provider and model, in the order of their first answers; `prices` those
/// that are known; `model` is who answered last, null before anybody did, and `answering` while it
/// is not known what that used. **Units** `written` in characters of the answer that is given.
/// Pure.
public record Bill(
        SequencedMap<String, Used> models,
        Map<String, Price> prices,
        Used turn,
        @Nullable String model,
        boolean answering,
        long written) {
    static final Bill NONE = new Bill(new LinkedHashMap<>(), Map.of(), Used.NONE, null, false, 0);

    /// About so many characters are a token.
    private static final int TOKEN_CHARS = 4;

    /// Another turn begins.
    Bill begun() {
        return new Bill(models, prices, Used.NONE, null, false, 0);
    }

    /// Somebody answers.
    Bill answering(String name) {
        return new Bill(models, prices, turn, name, true, 0);
    }

    Bill wrote(int characters) {
        return new Bill(models, prices, turn, model, answering, written + characters);
    }

    /// What an answer of the conversation used.
    Bill spent(String name, Usage usage, Cost cost) {
        Bill next = beside(name, usage, cost);
        return new Bill(next.models, prices, next.turn, model, false, 0);
    }

    /// What was used beside it, such as by a sub-agent.
    Bill beside(String name, Usage usage, Cost cost) {
        Price price = prices.getOrDefault(name, Price.UNKNOWN);
        SequencedMap<String, Used> more = new LinkedHashMap<>(models);
        more.put(name, more.getOrDefault(name, Used.NONE).with(usage, cost, price));
        Used now = turn.with(usage, cost, price);
        return new Bill(more, prices, now, model, answering, written);
    }

    boolean isPriced(String name) {
        return prices.containsKey(name);
    }

    Bill priced(String name, Price price) {
        Map<String, Price> more = new LinkedHashMap<>(prices);
        more.put(name, price);
        return new Bill(models, more, turn, model, answering, written);
    }

    /// What the turn wrote so far; an estimate where an answer is still being given.
    long outputSoFar() {
        return turn.usage().output() + written / TOKEN_CHARS;
    }
}
