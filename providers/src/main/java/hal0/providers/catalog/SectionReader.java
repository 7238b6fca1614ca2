package hal0.providers.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.ModelInfo;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a catalog says of one provider: `{"id", "models": {ID: {…}}}` as in models.dev, with
/// `as_of` and `sources` added.
final class SectionReader {
    private final String provider;
    private final LocalDate today;
    private @Nullable String asOf;
    private final List<String> sources = new ArrayList<>();
    private final Map<String, ModelInfo> models = new LinkedHashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Set<String> notByTokens = new HashSet<>();

    private SectionReader(String provider, LocalDate today) {
        this.provider = provider;
        this.today = today;
    }

    /// The section whose object is at hand.
    static Section read(JsonParser p, String provider, LocalDate today) throws IOException {
        SectionReader reader = new SectionReader(provider, today);
        reader.object(p);
        return new Section(
                provider,
                reader.asOf,
                reader.sources,
                reader.models,
                reader.aliases,
                reader.notByTokens);
    }

    private void object(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("what is said of %s is no object".formatted(provider));
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "as_of" -> asOf = Json.text(p);
                case "sources" -> sources.addAll(ModelReader.words(p));
                case "models" -> models(p);
                default -> p.skipChildren();
            }
        }
    }

    private void models(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("the models of %s are no object".formatted(provider));
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String id = p.currentName();
            p.nextToken();
            ModelReader.Entry entry = ModelReader.ofCatalog(p, id, today);
            models.put(id, entry.info());
            entry.aliases().forEach(alias -> aliases.put(alias, id));
            if (!entry.pricedByTokens()) {
                notByTokens.add(id);
            }
        }
    }
}
