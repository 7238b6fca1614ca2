package hal0.relay.api;

import hal0.home.memory.Age;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.home.memory.Scope;
import hal0.relay.error.RelayException;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the address of a request says of the notes that are meant.
///
/// **Errors** [RelayException] 422 with everything that is wrong with it. **Threads** one.
final class MemoryQuery {
    private static final int USUAL = 50;
    private static final int MOST = 1_000;

    static final Field BANK = Field.text("bank", "Only there; all banks by default.");
    static final Field LIMIT = Field.whole("limit", "At most 1000; 50 by default.");
    static final Field TAG = Field.text("tag", "Only with this tag; may be repeated.");
    static final Field META =
            Field.text("meta", "Only with this metadata, as KEY=VALUE; may be repeated.");
    static final Field SINCE = Field.text("since", "Only what was told since then, as ISO 8601.");

    private final Exchange exchange;
    private final List<RelayException.Field> problems = new ArrayList<>();

    MemoryQuery(Exchange exchange) {
        this.exchange = exchange;
    }

    /// To be called after the last question.
    void check() {
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
    }

    private void problem(String name, String why) {
        problems.add(new RelayException.Field(name, why));
    }

    @Nullable String bank() {
        String bank = exchange.query("bank");
        if (bank == null || bank.isEmpty()) {
            return null;
        }
        try {
            Note.requireBank(bank);
        } catch (IllegalArgumentException e) {
            problem("bank", "it is lower-case letters, digits, -, _ and .");
        }
        return bank;
    }

    Scope scope() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String pair : exchange.parameters("meta")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                problem("meta", "it is written as KEY=VALUE");
            } else {
                metadata.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new Scope(bank(), exchange.parameters("tag"), metadata, moment("since"));
    }

    @Nullable Instant moment(String name) {
        String text = exchange.query(name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            problem(name, "it is written as 2026-01-31T12:00:00Z");
            return null;
        }
    }

    /// The moment that lies as long before now as it says.
    @Nullable Instant ago(String name, Instant now) {
        String text = exchange.query(name);
        if (text == null) {
            return null;
        }
        try {
            return now.minus(Age.parse(text));
        } catch (IllegalArgumentException e) {
            problem(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    int limit() {
        long limit = number("limit", USUAL);
        if (limit > MOST) {
            problem("limit", "it is a whole number from 1 to " + MOST);
        }
        return (int) Math.min(limit, MOST);
    }

    long number(String name, long usual) {
        String text = exchange.query(name);
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number > 0 || (number == 0 && !name.equals("limit"))) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        problem(name, "it has to be a whole number above 0");
        return usual;
    }

    Memory.By by() {
        return switch (exchange.query("by")) {
            case null -> Memory.By.MEANING;
            case "meaning" -> Memory.By.MEANING;
            case "words" -> Memory.By.WORDS;
            default -> {
                problem("by", "it is one of words, meaning");
                yield Memory.By.WORDS;
            }
        };
    }

    String words() {
        String words = exchange.query("q");
        if (words == null || words.isBlank()) {
            problem("q", "it is missing: what to look for");
            return "";
        }
        return words;
    }
}
