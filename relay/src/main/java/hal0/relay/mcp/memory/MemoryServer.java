package hal0.relay.mcp.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.home.memory.Revision;
import hal0.home.memory.Scope;
import hal0.relay.api.JsonBody;
import hal0.relay.control.MemoryControl;
import hal0.relay.control.NoteJson;
import hal0.relay.mcp.protocol.Bounds;
import hal0.relay.mcp.protocol.Call;
import hal0.relay.mcp.protocol.McpEndpoint;
import hal0.relay.mcp.protocol.Offer;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.protocol.ToolException;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.route.Field;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The MCP server that remembers for agents.
public final class MemoryServer {
    private static final String INSTRUCTIONS =
            """
            Remembers notes from one conversation to the next. Search before you answer what may have
            been settled earlier; add what the user wants remembered: decisions, preferences, facts of
            this project. One thought a note, in a full sentence that is understood without this
            conversation. Never add passwords or keys.
            """;
    private static final int USUAL = 10;
    private static final int MOST = 100;

    private static final Field BANK =
            Field.text("bank", "Another bank than yours; only for keys of scope admin.");
    private static final Field ID = Field.whole("id", "The note, as a search has it.").must();
    private static final Field LIMIT =
            Field.whole("limit", "How many: 10 if left out, 100 at most.");
    private static final Field TEXT = Field.text("text", "What to remember, 16 KB at most.");
    private static final Field TAGS = Field.texts("tags", "Short words to find it by.");
    private static final Field METADATA = Field.any("metadata", "An object of texts.");
    private static final Field NOTES = Field.list("notes", "Each note.").must();

    private final Function<String, MemoryControl> memory;

    private MemoryServer(Function<String, MemoryControl> memory) {
        this.memory = memory;
    }

    /// `memory` is that for who is named so in the audit.
    public static McpEndpoint open(Function<String, MemoryControl> memory, InstantSource clock) {
        Offer offer =
                Offer.ofTools(
                        "hal0-memory",
                        "hal0 memory",
                        INSTRUCTIONS,
                        new MemoryServer(memory).tools());
        return new McpEndpoint(offer, Bounds.USUAL, clock);
    }

    private record Given(Call call, JsonBody body) {
        String bank() {
            return Banks.of(call.caller(), body.text("bank"));
        }

        int limit() {
            JsonNode limit = call.arguments().get("limit");
            return limit == null ? USUAL : Math.clamp(limit.asLong(), 1, MOST);
        }

        long id() {
            return call.arguments().path("id").asLong();
        }
    }

    private static ToolBuilder<Given> tool(Tier tier, String name, String description) {
        return ToolBuilder.of(Given::new, tier, name, description);
    }

    private List<OfferedTool> tools() {
        return List.of(
                tool(Tier.WRITE, "memory_add", "Remembers a note; one that is known is told again.")
                        .idempotent()
                        .takes(TEXT.must(), TAGS, METADATA, BANK)
                        .answers(
                                Field.whole("id", "Its id.").must(),
                                Field.text("bank", "Where it is kept.").must(),
                                Field.flag("known", "Whether it was remembered already.").must())
                        .does(this::add),
                tool(Tier.READ, "memory_search", "The notes that fit a question best, best first.")
                        .takes(
                                Field.text("query", "Words of what is looked for.").must(),
                                Field.texts("tags", "Only notes with all of these."),
                                LIMIT,
                                BANK)
                        .answers(NOTES)
                        .does(this::search),
                tool(Tier.READ, "memory_list", "The newest notes, newest first.")
                        .takes(
                                LIMIT,
                                Field.whole("before", "Only notes with an id below this."),
                                BANK)
                        .answers(NOTES)
                        .does(this::list),
                tool(Tier.READ, "memory_get", "One note.")
                        .takes(ID)
                        .answers(
                                Field.whole("id", "Its id.").must(),
                                Field.text("text", "What it says.").must())
                        .does(given -> tree(found(given))),
                tool(
                                Tier.WRITE,
                                "memory_update",
                                "Changes what is given of a note; it keeps its id.")
                        .idempotent()
                        .takes(ID, TEXT, TAGS, METADATA)
                        .answers(
                                Field.whole("id", "Its id.").must(),
                                Field.text("text", "What it says now.").must())
                        .does(this::update),
                tool(Tier.WRITE, "memory_delete", "Forgets a note.")
                        .destructive()
                        .idempotent()
                        .takes(ID)
                        .answers(Field.whole("deleted", "Its id.").must())
                        .does(this::delete));
    }

    private ObjectNode add(Given given) {
        String bank = given.bank();
        try {
            Note note =
                    new Note(
                            bank,
                            given.body().text("text"),
                            tags(given),
                            metadata(given),
                            given.call().caller().name());
            Memory.Kept kept = memory(given).add(note);
            return Trees.object().put("id", kept.id()).put("bank", bank).put("known", kept.known());
        } catch (IllegalArgumentException e) {
            throw new ToolException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> tags(Given given) {
        JsonNode tags = given.call().arguments().path("tags");
        if (tags.isTextual()) {
            return List.of(tags.asText());
        }
        List<String> all = new ArrayList<>();
        tags.forEach(tag -> all.add(tag.asText()));
        return all;
    }

    private static Map<String, String> metadata(Given given) {
        JsonNode metadata = given.call().arguments().path("metadata");
        if (!metadata.isMissingNode() && !metadata.isObject()) {
            throw new ToolException("metadata: it has to be an object of texts");
        }
        Map<String, String> all = new LinkedHashMap<>();
        metadata.properties()
                .forEach(each -> {
                    if (!each.getValue().isValueNode() || each.getValue().isNull()) {
                        throw new ToolException("metadata: it has to be an object of texts");
                    }
                    all.put(each.getKey(), each.getValue().asText());
                });
        return all;
    }

    private MemoryControl memory(Given given) {
        return memory.apply(given.call().caller().name());
    }

    private ObjectNode search(Given given) {
        Scope scope = new Scope(given.bank(), tags(given), Map.of(), null);
        List<Memory.Hit> hits =
                memory(given)
                        .search(
                                scope,
                                given.body().text("query"),
                                given.limit(),
                                Memory.By.MEANING);
        return Trees.list(
                "notes", hits, (json, hit) -> NoteJson.write(json, hit.item(), hit.score()));
    }

    private ObjectNode list(Given given) {
        long before = given.call().arguments().path("before").asLong(Long.MAX_VALUE);
        return Trees.list(
                "notes",
                memory(given).newest(Scope.of(given.bank()), before, given.limit()),
                (json, item) -> NoteJson.write(json, item, null));
    }

    /// A note of another's bank is told as none.
    private Memorized found(Given given) {
        return memory(given)
                .find(given.id())
                .filter(item -> Banks.mayUse(given.call().caller(), item.note().bank()))
                .orElseThrow(() ->
                        new ToolException(
                                "there is no note %d in your bank; memory_search finds them"
                                        .formatted(given.id())));
    }

    private ObjectNode update(Given given) {
        Memorized item = found(given);
        JsonNode arguments = given.call().arguments();
        Revision revision =
                new Revision(
                        arguments.has("text") ? given.body().text("text") : null,
                        arguments.has("tags") ? tags(given) : null,
                        arguments.has("metadata") ? metadata(given) : null,
                        null);
        try {
            return tree(memory(given).revise(item.id(), revision).orElse(item));
        } catch (IllegalArgumentException e) {
            throw new ToolException(String.valueOf(e.getMessage()), e);
        }
    }

    private ObjectNode delete(Given given) {
        Memorized item = found(given);
        memory(given).delete(item.id());
        return Trees.object().put("deleted", item.id());
    }

    private static ObjectNode tree(Memorized item) {
        return Trees.object(json -> NoteJson.write(json, item, null));
    }
}
