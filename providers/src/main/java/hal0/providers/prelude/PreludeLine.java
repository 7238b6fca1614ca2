package hal0.providers.prelude;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.home.error.ErrorKind;
import hal0.providers.dialect.Json;
import hal0.providers.error.Setback;
import hal0.providers.http.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line ahead of an answer, understood.
///
/// **Shape** what a newer relay may add is skipped, and so is a line that cannot be read: it is
/// news, and no news is worth an answer.
sealed interface PreludeLine {

    record Told(Setback setback) implements PreludeLine {}

    record Head(int status, Headers headers) implements PreludeLine {}

    /// A comment of somebody else's, the empty line behind one, or nothing that can be read.
    record Other() implements PreludeLine {}

    static PreludeLine of(String line) {
        try {
            if (line.startsWith(Prelude.SETBACK)) {
                return setback(line.substring(Prelude.SETBACK.length()));
            }
            return line.startsWith(Prelude.HEAD)
                    ? head(line.substring(Prelude.HEAD.length()))
                    : new Other();
        } catch (IOException e) {
            // As a line that nobody knows.
            return new Other();
        }
    }

    private static PreludeLine head(String json) throws IOException {
        int status = 0;
        Headers.Builder headers = Headers.builder();
        try (JsonParser p = Json.parser(json)) {
            for (String field = first(p); field != null; field = p.nextFieldName()) {
                JsonToken value = p.nextToken();
                if (field.equals("status")) {
                    status = (int) Json.number(p);
                } else if (field.equals("headers") && value == JsonToken.START_ARRAY) {
                    pairs(p, headers);
                } else {
                    p.skipChildren();
                }
            }
        }
        return status < 100 || status > 599 ? new Other() : new Head(status, headers.build());
    }

    private static void pairs(JsonParser p, Headers.Builder headers) throws IOException {
        List<String> texts = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY && p.currentToken() != null) {
            String text = Json.text(p);
            texts.add(text == null ? "" : text);
        }
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            headers.add(texts.get(i), texts.get(i + 1));
        }
    }

    private static PreludeLine setback(String json) throws IOException {
        String kind = "";
        String provider = "";
        String target = null;
        int status = 0;
        long pause = 0;
        int number = 0;
        int most = 0;
        try (JsonParser p = Json.parser(json)) {
            for (String field = first(p); field != null; field = p.nextFieldName()) {
                p.nextToken();
                switch (field) {
                    case "kind" -> kind = words(p);
                    case "provider" -> provider = words(p);
                    case "target" -> target = words(p);
                    case "status" -> status = (int) Json.number(p);
                    case "after_ms" -> pause = Json.number(p);
                    case "try" -> number = (int) Json.number(p);
                    case "of" -> most = (int) Json.number(p);
                    default -> p.skipChildren();
                }
            }
        }
        return new Told(
                new Setback(kind(kind), status, provider, next(target, pause, number, most)));
    }

    private static Setback.Next next(@Nullable String target, long pause, int number, int most) {
        if (target != null) {
            return new Setback.Next.Other(target);
        }
        return most > 0
                ? new Setback.Next.Again(Duration.ofMillis(pause), number, most)
                : new Setback.Next.OtherKey();
    }

    private static ErrorKind kind(String word) {
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        return ErrorKind.INTERNAL;
    }

    private static String words(JsonParser p) throws IOException {
        String text = Json.text(p);
        return text == null ? "" : text;
    }

    private static @Nullable String first(JsonParser p) throws IOException {
        return p.nextToken() == JsonToken.START_OBJECT ? p.nextFieldName() : null;
    }
}
