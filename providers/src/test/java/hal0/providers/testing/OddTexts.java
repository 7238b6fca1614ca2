package hal0.providers.testing;

import java.util.List;
import java.util.Random;

/// Texts as people, models and broken programs write them.
///
/// **Threads** one.
final class OddTexts {
    private static final List<String> PIECES =
            List.of(
                    "hello",
                    " ",
                    "Grüße",
                    "漢字かな",
                    "👩‍👩‍👧‍👦",
                    "e\u0301",
                    "\u202Eright to left",
                    "\n",
                    "\r\n",
                    "\t",
                    "\u0000",
                    "\u001B[31m",
                    "\u007F",
                    "\u2028",
                    "\uFEFF",
                    "\uFFFF",
                    "\uD83D\uDE00",
                    "\"quoted\" \\ back/slash",
                    "data: [DONE]",
                    "</script>",
                    "{\"json\":true}",
                    "null",
                    "a long line ".repeat(40));

    /// Halves of characters, as a client that cuts by length leaves them.
    private static final List<String> HALVES = List.of("\uD83D", "\uDE00", "x\uDC00\uD800y");

    private final Random random;

    OddTexts(Random random) {
        this.random = random;
    }

    /// At times empty.
    String any() {
        return random.nextInt(12) == 0 ? "" : some();
    }

    /// Never empty.
    String some() {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(4);
        for (int i = 0; i < pieces; i++) {
            List<String> from = random.nextInt(25) == 0 ? HALVES : PIECES;
            text.append(from.get(random.nextInt(from.size())));
        }
        return text.toString();
    }

    /// A name as every protocol takes it.
    String name() {
        List<String> names = List.of("ls", "get_weather", "mcp__files-read", "T", "a1");
        return names.get(random.nextInt(names.size()));
    }

    /// What a provider encrypted.
    String secret() {
        List<String> secrets =
                List.of("c2lnbmF0dXJl", "EqQB+/x==", "gAAAAABo_-x", "A".repeat(300), "x");
        return secrets.get(random.nextInt(secrets.size())) + random.nextInt(1000);
    }

    /// The arguments of a call: mostly an object, at times nothing, or what a model got wrong.
    String arguments() {
        List<String> forms =
                List.of(
                        "",
                        "{}",
                        " { } ",
                        "{\"n\": 1.50, \"big\": 12345678901234567890, \"e\":1E+3}",
                        "{\"path\":\"a\\u00e9\\n\\\"b\\\"\",\"deep\":{\"list\":[1,[],{\"x\":null}]}}",
                        "{\"\":\"\"}",
                        "{\"half\":\"\\ud83d\"}",
                        "{\"é漢\":\"👍\"}",
                        "{oops",
                        "[1,2]",
                        "\"text\"");
        return forms.get(random.nextInt(forms.size()));
    }

    /// A schema of an object.
    String schema() {
        List<String> schemas =
                List.of(
                        "{\"type\":\"object\",\"properties\":{}}",
                        "{\"type\": \"object\", \"properties\": {\"n\": {\"type\":\"number\",\"maximum\":1.50}}, \"required\": [\"n\"], \"additionalProperties\": false}",
                        "{\"type\":\"object\",\"properties\":{\"é\":{\"enum\":[\"a\",null]}},\"$defs\":{\"x\":{\"type\":[\"string\",\"null\"]}}}");
        return schemas.get(random.nextInt(schemas.size()));
    }
}
