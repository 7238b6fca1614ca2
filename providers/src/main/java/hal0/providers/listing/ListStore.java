package hal0.providers.listing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.home.AtomicFile;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.catalog.ModelReader;
import hal0.providers.catalog.ModelWriter;
import hal0.providers.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The lists that providers gave last, kept from one run to the next: a file for each provider and
/// address.
///
/// **Shape** what is damaged, of another format or older than a week counts as absent; a list that
/// cannot be written is not kept. **Threads** any, several processes too.
final class ListStore {
    private static final int FORMAT = 1;
    private static final Duration KEPT = Duration.ofDays(7);
    private static final System.Logger LOG = System.getLogger(ListStore.class.getName());

    private final Path folder;

    ListStore(Path folder) {
        this.folder = folder;
    }

    /// A list and when it was given.
    record Stored(Listing.Listed listed, Instant at) {}

    Optional<Stored> read(Provider provider, Instant now) {
        Path file = fileOf(provider);
        try {
            byte[] bytes = Files.readAllBytes(file);
            try (JsonParser p = Json.parser(bytes, 0, bytes.length)) {
                return parse(p, provider)
                        .filter(stored -> stored.at.isAfter(now.minus(KEPT)))
                        .filter(stored -> !stored.at.isAfter(now));
            }
        } catch (NoSuchFileException e) {
            // It was never asked from here.
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is left out: {1}", file, IoReason.of(e));
            return Optional.empty();
        }
    }

    private static Optional<Stored> parse(JsonParser p, Provider provider) throws IOException {
        long format = 0;
        boolean same = false;
        boolean hal0 = false;
        long seconds = 0;
        List<ModelInfo> models = new ArrayList<>();
        if (p.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "format" -> format = Json.number(p);
                case "for" -> same = key(provider).equals(Json.text(p));
                case "hal0" -> hal0 = p.getBooleanValue();
                case "at" -> seconds = Json.number(p);
                case "models" -> models(p, models);
                default -> p.skipChildren();
            }
        }
        return format == FORMAT && same && p.currentToken() == JsonToken.END_OBJECT
                ? Optional.of(
                        new Stored(
                                new Listing.Listed(models, hal0), Instant.ofEpochSecond(seconds)))
                : Optional.empty();
    }

    private static void models(JsonParser p, List<ModelInfo> models) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String id = p.currentName();
            p.nextToken();
            models.add(ModelReader.read(p, id));
        }
    }

    void write(Provider provider, Listing.Listed listed, Instant at) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path file = fileOf(provider);
        try {
            try (JsonGenerator json = Json.generator(bytes)) {
                json.writeStartObject();
                json.writeNumberField("format", FORMAT);
                json.writeStringField("for", key(provider));
                json.writeBooleanField("hal0", listed.hal0());
                json.writeNumberField("at", at.getEpochSecond());
                json.writeObjectFieldStart("models");
                for (ModelInfo model : listed.models()) {
                    json.writeFieldName(model.id());
                    ModelWriter.write(json, model);
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            Home.createPrivate(folder);
            AtomicFile.write(file, bytes.toByteArray());
        } catch (IOException e) {
            // The next run asks the provider again, which is all that is lost.
            LOG.log(System.Logger.Level.DEBUG, "{0} is not written: {1}", file, IoReason.of(e));
        }
    }

    private Path fileOf(Provider provider) {
        return folder.resolve(digest(key(provider)) + ".json");
    }

    /// Without the query, which may hold a key.
    private static String key(Provider provider) {
        String address = provider.baseUrl().toString();
        int query = address.indexOf('?');
        return provider.id() + " " + (query < 0 ? address : address.substring(0, query));
    }

    /// Ids are free text, which file names are not.
    private static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
