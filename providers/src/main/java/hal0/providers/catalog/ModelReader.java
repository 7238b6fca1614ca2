package hal0.providers.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.ModelInfo;
import hal0.providers.dialect.Json;
import hal0.providers.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One model as models.dev writes it, with what hal0's own catalog adds: `aliases`, `prefill`,
/// `priced_by_tokens`, and `cost_change`, the price from a date on.
///
/// **Shape** unknown fields are skipped. A list of modalities without images says that there are
/// none; that it names no documents says nothing, because not every list knows them. In a catalog a
/// price of zero says nothing either: it stands for models that a subscription pays, and for those
/// whose price nobody looked up. **Source** packages/core/src/schema.ts in anomalyco/models.dev;
/// `tiers` and `context_over_200k` as in docs of its users; read 2026-11-21.
public final class ModelReader {
    private final LocalDate today;
    private @Nullable String name;
    private @Nullable Long context;
    private @Nullable Long output;
    private @Nullable Boolean thinking;
    private @Nullable Boolean tools;
    private @Nullable Boolean images;
    private @Nullable Boolean documents;
    private @Nullable Boolean structured;
    private @Nullable Boolean prefill;
    private Price price = Price.UNKNOWN;
    private @Nullable Price changed;
    private final List<String> aliases = new ArrayList<>();
    private boolean byTokens = true;

    private ModelReader(LocalDate today) {
        this.today = today;
    }

    /// A model, and what only a catalog tells of it.
    record Entry(ModelInfo info, List<String> aliases, boolean pricedByTokens) {}

    /// The model whose object is at hand, as [ModelWriter] wrote it.
    public static ModelInfo read(JsonParser p, String id) throws IOException {
        return entry(p, id, LocalDate.MIN).info();
    }

    /// The entry of a catalog that is at hand; its price is as of `today`.
    static Entry ofCatalog(JsonParser p, String id, LocalDate today) throws IOException {
        Entry entry = entry(p, id, today);
        Price price = entry.info().price();
        return isZero(price.input()) && isZero(price.output())
                ? new Entry(
                        entry.info().withPrice(Price.UNKNOWN),
                        entry.aliases(),
                        entry.pricedByTokens())
                : entry;
    }

    private static boolean isZero(@Nullable BigDecimal usd) {
        return usd != null && usd.signum() == 0;
    }

    private static Entry entry(JsonParser p, String id, LocalDate today) throws IOException {
        ModelReader model = new ModelReader(today);
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return new Entry(ModelInfo.of(id), List.of(), true);
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            model.field(field, p);
        }
        return new Entry(model.info(id), model.aliases, model.byTokens);
    }

    private ModelInfo info(String id) {
        Price current = changed == null ? price : changed;
        Price now = byTokens ? current : Price.UNKNOWN;
        return new ModelInfo(
                id,
                name,
                context,
                output,
                thinking,
                tools,
                images,
                prefill,
                now,
                documents,
                structured);
    }

    private void field(String field, JsonParser p) throws IOException {
        switch (field) {
            case "name" -> name = Json.text(p);
            case "reasoning" -> thinking = flag(p);
            case "tool_call" -> tools = flag(p);
            case "structured_output" -> structured = flag(p);
            case "prefill" -> prefill = flag(p);
            case "priced_by_tokens" -> byTokens = !Boolean.FALSE.equals(flag(p));
            case "modalities" -> modalities(p);
            case "limit" -> limit(p);
            case "cost" -> price = PriceReader.read(p);
            case "cost_change" -> change(p);
            case "aliases" -> aliases.addAll(words(p));
            default -> p.skipChildren();
        }
    }

    private static @Nullable Boolean flag(JsonParser p) throws IOException {
        JsonToken token = p.currentToken();
        if (token == JsonToken.START_OBJECT) {
            // The finer form: {"supported": true, …}.
            Boolean supported = null;
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = p.currentName().equals("supported");
                p.nextToken();
                if (wanted) {
                    supported = bool(p.currentToken());
                }
                p.skipChildren();
            }
            return supported;
        }
        p.skipChildren();
        return bool(token);
    }

    private static @Nullable Boolean bool(@Nullable JsonToken token) {
        if (token == null || !token.isBoolean()) {
            return null;
        }
        return token.equals(JsonToken.VALUE_TRUE);
    }

    private void modalities(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean input = p.currentName().equals("input");
            p.nextToken();
            if (input) {
                List<String> words = words(p);
                images = words.contains("image");
                documents = words.contains("pdf") ? Boolean.TRUE : null;
            } else {
                p.skipChildren();
            }
        }
    }

    private void limit(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "context" -> context = positive(p);
                case "output" -> output = positive(p);
                default -> p.skipChildren();
            }
        }
    }

    private static @Nullable Long positive(JsonParser p) throws IOException {
        long number = Json.number(p);
        return number > 0 ? Long.valueOf(number) : null;
    }

    private void change(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        String date = null;
        Price later = Price.UNKNOWN;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "date" -> date = Json.text(p);
                case "cost" -> later = PriceReader.read(p);
                default -> p.skipChildren();
            }
        }
        changed = date != null && hasCome(date) ? later : null;
    }

    private boolean hasCome(String date) throws IOException {
        try {
            return !today.isBefore(LocalDate.parse(date));
        } catch (DateTimeParseException e) {
            throw new IOException("cost_change.date is no date: " + date, e);
        }
    }

    static List<String> words(JsonParser p) throws IOException {
        List<String> words = new ArrayList<>();
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return words;
        }
        while (p.nextToken() != JsonToken.END_ARRAY && p.currentToken() != null) {
            String word = Json.text(p);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }
}
