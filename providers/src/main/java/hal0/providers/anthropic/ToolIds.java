package hal0.providers.anthropic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The ids of the calls of one conversation as the API takes them; other providers' have signs that
/// it refuses.
///
/// **Shape** a call and its result get the same one, different calls different ones, and what came
/// before keeps its own from turn to turn. **Source** the pattern is in the API's refusal, as in
/// github.com/HKUDS/nanobot/pull/4356; read 2026-11-21. **Threads** one.
final class ToolIds {
    private static final Pattern REFUSED = Pattern.compile("[^a-zA-Z0-9_-]");

    private final Map<String, String> known = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    String of(String id) {
        return known.computeIfAbsent(id, this::free);
    }

    private String free(String id) {
        String clean = id.isEmpty() ? "call" : REFUSED.matcher(id).replaceAll("_");
        String candidate = clean;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = clean + "_" + i;
        }
        return candidate;
    }
}
