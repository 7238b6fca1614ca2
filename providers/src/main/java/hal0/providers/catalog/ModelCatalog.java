package hal0.providers.catalog;

import com.fasterxml.jackson.core.JsonParser;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.dialect.Json;
import hal0.providers.price.Price;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What is known of models without asking anybody: what was fetched last, and behind it what came
/// with hal0.
///
/// **Shape** a model is found under its exact id or a written-out alias, never under a name that
/// begins alike. **Threads** any; reads a file when a provider's model is first looked up.
public final class ModelCatalog {
    private final RefreshedCatalog refreshed;
    private final InstantSource clock;
    private final Map<String, Dated> bundled = new ConcurrentHashMap<>();

    /// A section with the prices of one day.
    private record Dated(LocalDate day, Section section) {}

    /// `refreshedFile` is where a fetched catalog is kept; it need not be there.
    public ModelCatalog(Path refreshedFile, InstantSource clock) {
        this.refreshed = new RefreshedCatalog(refreshedFile);
        this.clock = clock;
    }

    /// What the catalog has of one preset. `asOf` is the date of the bundled facts, `refreshedAt`
    /// is null where none were fetched.
    public record Summary(
            String provider,
            int models,
            int priced,
            @Nullable String asOf,
            @Nullable Instant refreshedAt,
            List<String> sources) {
        public Summary {
            sources = List.copyOf(sources);
        }
    }

    /// What is known of a provider's model.
    public Optional<ModelInfo> find(Provider provider, String model) {
        return Vendor.of(provider).flatMap(vendor -> find(vendor.id(), model));
    }

    private Optional<ModelInfo> find(String vendor, String model) {
        Section own = bundled(vendor);
        String id = own.canonical(model);
        Optional<ModelInfo> fetched =
                refreshed
                        .section(vendor, today())
                        .flatMap(section -> section.find(model).or(() -> section.find(id)));
        Optional<ModelInfo> known = own.find(id);
        Optional<ModelInfo> both =
                fetched.isPresent()
                        ? Optional.of(known.map(fetched.get()::orElse).orElse(fetched.get()))
                        : known;
        return own.notByTokens().contains(id)
                ? both.map(info -> info.withPrice(Price.UNKNOWN))
                : both;
    }

    /// All models that a catalog names for a provider, under their ids.
    public List<ModelInfo> models(Provider provider) {
        return Vendor.of(provider).map(vendor -> models(vendor.id())).orElse(List.of());
    }

    private List<ModelInfo> models(String vendor) {
        Map<String, ModelInfo> all = new LinkedHashMap<>();
        refreshed
                .section(vendor, today())
                .ifPresent(
                        section -> section.models().keySet().forEach(id -> put(all, vendor, id)));
        bundled(vendor).models().keySet().forEach(id -> put(all, vendor, id));
        return List.copyOf(all.values());
    }

    private void put(Map<String, ModelInfo> all, String vendor, String id) {
        find(vendor, id).ifPresent(info -> all.putIfAbsent(info.id(), info));
    }

    /// One line for each preset that has facts here.
    public List<Summary> summaries() {
        List<Summary> summaries = new ArrayList<>();
        for (Vendor vendor : Vendor.ALL) {
            List<ModelInfo> models = models(vendor.id());
            Section own = bundled(vendor.id());
            Instant at =
                    refreshed.section(vendor.id(), today()).isPresent()
                            ? refreshed
                                    .origin(today())
                                    .map(RefreshedCatalog.Origin::fetchedAt)
                                    .orElse(null)
                            : null;
            int priced = (int) models.stream().filter(model -> model.price().isKnown()).count();
            summaries.add(
                    new Summary(vendor.id(), models.size(), priced, own.asOf(), at, own.sources()));
        }
        return summaries;
    }

    RefreshedCatalog refreshed() {
        return refreshed;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Section bundled(String vendor) {
        LocalDate today = today();
        // A relay runs for months, and a price may change on a day.
        return bundled.compute(
                        vendor,
                        (_, known) ->
                                known != null && known.day.equals(today)
                                        ? known
                                        : new Dated(today, load(vendor, today)))
                .section();
    }

    private static Section load(String vendor, LocalDate today) {
        try (InputStream in = ModelCatalog.class.getResourceAsStream(vendor + ".json")) {
            if (in == null) {
                return Section.empty(vendor);
            }
            byte[] bytes = in.readAllBytes();
            try (JsonParser p = Json.parser(bytes, 0, bytes.length)) {
                p.nextToken();
                return SectionReader.read(p, vendor, today);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled catalog of " + vendor + " is damaged", e);
        }
    }
}
