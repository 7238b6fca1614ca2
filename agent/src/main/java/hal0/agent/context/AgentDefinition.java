package hal0.agent.context;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An agent that the user has made: who answers, what it is told, what it may.
///
/// **Shape** an empty `provider` or `model` is the active one, an empty `prompt` none. `tools` are
/// the names of those it has, where `*` stands for anything; null for all.
public record AgentDefinition(
        String name,
        String description,
        String provider,
        String model,
        String prompt,
        @Nullable List<String> tools,
        Rules permissions) {

    /// Rules as in `[permissions]`, as they are written.
    public record Rules(List<String> allow, List<String> ask, List<String> deny) {
        public static final Rules NONE = new Rules(List.of(), List.of(), List.of());

        public Rules {
            allow = List.copyOf(allow);
            ask = List.copyOf(ask);
            deny = List.copyOf(deny);
        }
    }

    public AgentDefinition {
        tools = tools == null ? null : List.copyOf(tools);
    }

    /// Whether it has the tool of that name.
    public boolean has(String tool) {
        return tools == null || tools.stream().anyMatch(pattern -> matches(pattern, tool));
    }

    private static boolean matches(String pattern, String tool) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(tool);
        }
        String start = pattern.substring(0, star);
        String rest = pattern.substring(star + 1);
        if (!tool.startsWith(start)) {
            return false;
        }
        for (int i = start.length(); i <= tool.length(); i++) {
            if (matches(rest, tool.substring(i))) {
                return true;
            }
        }
        return false;
    }
}
