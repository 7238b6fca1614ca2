package hal0.providers.responses;

import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions that a client declares in groups, one for each of its MCP servers; everybody else
/// is told of them one by one.
///
/// **Shape** elsewhere a function is called by the names of its group and of its own, joined; the
/// client finds it by both, each in its field, and refuses the joined name. **Source**
/// github.com/openai/codex/issues/23186 and 36942, github.com/jundot/omlx/issues/3371; read
/// 2026-11-21.
final class Namespaces {
    static final String TYPE = "namespace";

    /// As what its client knows a function in no group.
    static final String NO_GROUP = "functions";

    private static final String BETWEEN = "__";
    static final Namespaces NONE = new Namespaces();

    /// A function as its client knows it; `namespace` null for one in no group.
    record Name(@Nullable String namespace, String name) {
        String joined() {
            return namespace == null ? name : namespace + BETWEEN + name;
        }
    }

    private final Map<String, Name> byJoinedName = new HashMap<>();

    /// Those that a request declares.
    static Namespaces of(ChatRequest request) {
        String tools = request.extra().in(Protocol.RESPONSES).get("tools");
        if (tools == null || !tools.contains("\"" + TYPE + "\"")) {
            return NONE;
        }
        try {
            String body = "{\"tools\":" + tools + "}";
            return of(RequestValue.parse(body.getBytes(StandardCharsets.UTF_8)).need("tools"));
        } catch (InvalidRequestException e) {
            // Not what a client sent us: there are none.
            return NONE;
        }
    }

    static Namespaces of(RequestValue tools) throws InvalidRequestException {
        Namespaces found = new Namespaces();
        for (RequestValue tool : tools.elements()) {
            if (TYPE.equals(tool.findString("type"))) {
                for (RequestValue inner : tool.need("tools").elements()) {
                    if ("function".equals(inner.findString("type"))) {
                        Name name = new Name(tool.needString("name"), inner.needString("name"));
                        found.byJoinedName.put(name.joined(), name);
                    }
                }
            }
        }
        return found;
    }

    boolean has(String joined) {
        return byJoinedName.containsKey(joined);
    }

    /// The function of a name that others know it by.
    Name name(String joined) {
        Name name = byJoinedName.get(joined);
        return name == null ? new Name(null, joined) : name;
    }
}
