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
/// take anything, and so do those of a vendor's protocol, whose clients add parameters of theirs.
/// **Errors** [RelayException] 422 with every fault; no value is repeated.
final class QueryCheck {
    /// What looks like a name, and not like a key that was put into the wrong place.
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z_]{0,31}");

    private static final String KEY = "key";

    private QueryCheck() {}

    static void check(Route route, @Nullable String query) {
        About about = route.about();
        if (about == null || query == null || query.isEmpty() || isVendors(route.path())) {
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

    private static boolean isVendors(String path) {
        return path.startsWith("/v1/") || path.startsWith("/v1beta/") || path.equals("/metrics");
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

    /// Numbers and words are for the handlers, which tell of all that is wrong at once.
    private static void value(Field field, String value, List<RelayException.Field> problems) {
        boolean flag = value.isEmpty() || value.equals("true") || value.equals("false");
        if (field.kind() == Field.Kind.FLAG && !flag) {
            problems.add(
                    new RelayException.Field(field.name(), "it has to be " + field.kind().words()));
        }
    }
}
