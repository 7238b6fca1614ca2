package hal0.relay.route;

import hal0.relay.error.RelayException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds what stands behind the `?` against the fields that the route describes, as bodies are:
/// what is misspelt would otherwise be left out without a word.
///
/// **Shape** `key` may stand everywhere: it is a way of showing a key. Routes that nobody described
/// take anything. **Errors** [RelayException] 422 with every fault; no value is repeated.
final class QueryCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");
    private static final String KEY = "key";

    private QueryCheck() {}

    static void check(Route route, @Nullable String query) {
        About about = route.about();
        if (about == null || query == null || query.isEmpty()) {
            return;
        }
        Map<String, Field> known = new LinkedHashMap<>();
        about.query().forEach(field -> known.put(field.name(), field));
        List<RelayException.Field> problems = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            Field field = known.get(name);
            if (field == null) {
                unknown(name, known, problems);
            } else {
                for (String value : QueryValues.of(pair, name)) {
                    value(field, value, problems);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
    }

    private static void unknown(
            String name, Map<String, Field> known, List<RelayException.Field> problems) {
        if (name.isEmpty() || name.equals(KEY)) {
            return;
        }
        problems.add(
                new RelayException.Field(
                        NAME.matcher(name).matches() ? name : "?",
                        known.isEmpty()
                                ? "there is no such parameter; this route takes none"
                                : "there is no such parameter; there are "
                                        + String.join(", ", known.keySet())));
    }

    private static void value(Field field, String value, List<RelayException.Field> problems) {
        if (!is(field.kind(), value)) {
            problems.add(
                    new RelayException.Field(field.name(), "it has to be " + field.kind().words()));
        } else if (!field.words().isEmpty() && !field.words().contains(value)) {
            problems.add(
                    new RelayException.Field(
                            field.name(), "it is one of " + String.join(", ", field.words())));
        }
    }

    private static boolean is(Field.Kind kind, String value) {
        return switch (kind) {
            case FLAG -> value.isEmpty() || value.equals("true") || value.equals("false");
            case WHOLE -> WHOLE.matcher(value).matches();
            case NUMBER -> NUMBER.matcher(value).matches();
            case TEXT, TEXTS, STRINGS, OBJECT, LIST, ANY -> true;
        };
    }
}
