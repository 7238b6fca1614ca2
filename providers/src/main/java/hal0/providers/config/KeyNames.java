package hal0.providers.config;

import hal0.home.config.TableReader;
import java.util.List;
import java.util.regex.Pattern;

/// Reads the names of the variables that hold a provider's key.
final class KeyNames {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private KeyNames() {}

    /// **Shape** `usual` where nothing is written.
    static List<String> read(TableReader table, String key, List<String> usual) {
        if (!table.has(key)) {
            return usual;
        }
        List<String> names = table.stringOrStrings(key);
        for (String name : names) {
            if (!VARIABLE.matcher(name).matches()) {
                // Not echoed: it may be the key itself.
                table.problem(
                        key,
                        "this is not the name of a variable",
                        "write its name, such as \"GROQ_API_KEY\"; the key itself goes into api.env");
            }
        }
        return names;
    }
}
