package hal0.providers.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.home.AtomicFile;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.providers.ModelInfo;
import hal0.providers.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The catalog that was fetched last, in a file of the home.
///
/// **Shape** only what hal0 uses of it. Where the file is absent, of another format or damaged
/// there is none: the bundled catalog stands behind it. **Threads** any; another process may
/// replace the file.
final class RefreshedCatalog {
    private static final int FORMAT = 1;

    private final Path file;
    private volatile @Nullable Read last;

    /// Where a catalog is from; `etag` as the server gave it.
    record Origin(String url, @Nullable String etag, Instant fetchedAt) {}

    private record Read(long stamp, @Nullable Origin origin, Map<String, Section> sections) {}

    RefreshedCatalog(Path file) {
        this.file = file;
    }

    Optional<Origin> origin(LocalDate today) {
        Read read = read(today);
        return read == null ? Optional.empty() : Optional.ofNullable(read.origin);
    }

    Optional<Section> section(String provider, LocalDate today) {
        Read read = read(today);
        return read == null ? Optional.empty() : Optional.ofNullable(read.sections.get(provider));
    }

    private @Nullable Read read(LocalDate today) {
        try {
            // Asked for each price: this way of asking makes no exception where there is no file.
            long stamp = file.toFile().lastModified();
            if (stamp == 0) {
                return null;
            }
            Read known = last;
            if (known == null || known.stamp != stamp) {
                known = parse(stamp, today);
                last = known;
            }
            return known;
        } catch (IOException e) {
            System.getLogger(RefreshedCatalog.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} cannot be read and is left out: {1}",
                            file,
                            IoReason.of(e));
            return null;
        }
    }

    /// What is damaged is remembered as empty, so that it is read and reported once.
    private Read parse(long stamp, LocalDate today) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Map<String, Section> sections = new HashMap<>();
        Origin origin = null;
        try (JsonParser p = Json.parser(bytes, 0, bytes.length)) {
            origin = envelope(p, today, sections);
        } catch (IOException | DateTimeException e) {
            System.getLogger(RefreshedCatalog.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} is damaged and is left out; hal0 providers catalog --refresh makes it anew",
                            file);
            sections.clear();
        }
        return new Read(stamp, origin, Map.copyOf(sections));
    }

    private static @Nullable Origin envelope(
            JsonParser p, LocalDate today, Map<String, Section> sections) throws IOException {
        long format = 0;
        String url = "";
        String etag = null;
        Instant at = Instant.EPOCH;
        if (p.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("no object");
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "format" -> format = Json.number(p);
                case "url" -> url = String.valueOf(Json.text(p));
                case "etag" -> etag = Json.text(p);
                case "fetched_at" -> at = Instant.parse(String.valueOf(Json.text(p)));
                case "providers" -> providers(p, today, sections);
                default -> p.skipChildren();
            }
        }
        if (format != FORMAT || p.currentToken() != JsonToken.END_OBJECT) {
            sections.clear();
            return null;
        }
        return new Origin(url, etag, at);
    }

    private static void providers(JsonParser p, LocalDate today, Map<String, Section> sections)
            throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String id = p.currentName();
            p.nextToken();
            sections.put(id, SectionReader.read(p, id, today));
        }
    }

    /// Replaces the file at once.
    void write(Origin origin, List<Section> sections) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.generator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("url", origin.url());
            if (origin.etag() != null) {
                json.writeStringField("etag", origin.etag());
            }
            json.writeStringField("fetched_at", origin.fetchedAt().toString());
            json.writeObjectFieldStart("providers");
            for (Section section : sections) {
                write(json, section);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        Path folder = file.getParent();
        if (folder != null) {
            Home.createPrivate(folder);
        }
        AtomicFile.write(file, bytes.toByteArray());
        last = null;
    }

    private static void write(JsonGenerator json, Section section) throws IOException {
        json.writeObjectFieldStart(section.provider());
        json.writeObjectFieldStart("models");
        for (ModelInfo model : section.models().values()) {
            json.writeFieldName(model.id());
            ModelWriter.write(json, model);
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
