package hal0.agent.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What programs see of the environment: the user's own, without what is hal0's or secret, and
/// without what would make them wait for somebody at a keyboard.
///
/// **Source** the variables of git(1), "Environment Variables"; of ssh(1), `SSH_ASKPASS_REQUIRE`;
/// of bash(1), `BASH_ENV`; of sh(1p), `ENV`; <https://no-color.org> (all read 2026-11-21).
public final class ChildEnvironment {
    private static final String OURS = "HAL0_";
    private static final Set<String> KEPT = Set.of("HAL0_HOME", "HAL0_JAVA_HOME");
    private static final Set<String> RUN_AT_START = Set.of("BASH_ENV", "ENV");
    private static final Map<String, String> SET =
            Map.of(
                    "HAL0", "1",
                    "GIT_PAGER", "cat",
                    "PAGER", "cat",
                    "GIT_EDITOR", "true",
                    "GIT_TERMINAL_PROMPT", "0",
                    "SSH_ASKPASS_REQUIRE", "never",
                    "NO_COLOR", "1",
                    "TERM", "dumb");

    private ChildEnvironment() {}

    /// **Shape** `secret` are the names of variables that hold keys.
    public static Map<String, String> of(Map<String, String> own, Set<String> secret) {
        Map<String, String> result = new HashMap<>();
        own.forEach((name, value) -> {
            if (!secret.contains(name) && !RUN_AT_START.contains(name) && !isOurs(name)) {
                result.put(name, value);
            }
        });
        result.putAll(SET);
        return Map.copyOf(result);
    }

    private static boolean isOurs(String name) {
        return name.startsWith(OURS) && !KEPT.contains(name);
    }
}
