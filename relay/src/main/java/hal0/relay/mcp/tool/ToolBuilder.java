package hal0.relay.mcp.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.relay.api.JsonBody;
import hal0.relay.control.ShownFailures;
import hal0.relay.mcp.protocol.Call;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Results;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.protocol.ToolException;
import hal0.relay.route.Field;
import hal0.relay.route.OpenApi;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;

/// Makes a tool of the fields that it takes and answers: what is described is what is checked.
///
/// **Shape** `G` is what the work gets: the call with its arguments, and what it stands on.
public final class ToolBuilder<G> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Giving<G> giving;
    private final String name;
    private final Tier tier;
    private final String description;
    private List<Field> takes = List.of();
    private List<Field> answers = List.of();
    private boolean idempotent;
    private boolean destructive;
    private boolean openWorld;

    private ToolBuilder(Giving<G> giving, Tier tier, String name, String description) {
        this.giving = giving;
        this.tier = tier;
        this.name = name;
        this.description = description;
        this.idempotent = tier == Tier.READ;
    }

    /// Makes what the work gets; the arguments are right by then.
    @FunctionalInterface
    public interface Giving<G> {
        G of(Call call, JsonBody arguments);
    }

    public static <G> ToolBuilder<G> of(
            Giving<G> giving, Tier tier, String name, String description) {
        return new ToolBuilder<>(giving, tier, name, description);
    }

    public ToolBuilder<G> takes(List<Field> fields) {
        takes = fields;
        return this;
    }

    public ToolBuilder<G> takes(Field... fields) {
        return takes(List.of(fields));
    }

    public ToolBuilder<G> answers(Field... fields) {
        answers = List.of(fields);
        return this;
    }

    /// Doing it twice is doing it once.
    public ToolBuilder<G> idempotent() {
        idempotent = true;
        return this;
    }

    /// What it takes away is gone.
    public ToolBuilder<G> destructive() {
        destructive = true;
        return this;
    }

    /// It talks to somebody else than this machine.
    public ToolBuilder<G> openWorld() {
        openWorld = true;
        return this;
    }

    /// What a call does, once its arguments are known to be right.
    @FunctionalInterface
    public interface Work<G> {
        ObjectNode of(G given);
    }

    public OfferedTool does(Work<G> work) {
        Tool tool =
                Tool.builder(name, schema(takes, false))
                        .title(name.replace('_', ' '))
                        .description(description)
                        .outputSchema(schema(answers, true))
                        .annotations(
                                ToolAnnotations.builder()
                                        .readOnlyHint(tier == Tier.READ)
                                        .destructiveHint(destructive)
                                        .idempotentHint(idempotent)
                                        .openWorldHint(openWorld)
                                        .build())
                        .build();
        return new OfferedTool(tool, tier, call -> run(call, work));
    }

    private static Map<String, Object> schema(List<Field> fields, boolean open) {
        return JSON.convertValue(OpenApi.object(fields, open), new TypeReference<>() {});
    }

    private CallToolResult run(Call call, Work<G> work) {
        try {
            JsonBody body = JsonBody.of(call.arguments().toString().getBytes(UTF_8), takes);
            return Results.of(work.of(giving.of(call, body)));
        } catch (RuntimeException e) {
            throw shown(e);
        }
    }

    /// A failure whose message was written for people; a fault of ours stays what it is.
    public static RuntimeException shown(RuntimeException failure) {
        return ShownFailures.words(failure)
                .<RuntimeException>map(words -> new ToolException(words, failure))
                .orElse(failure);
    }
}
