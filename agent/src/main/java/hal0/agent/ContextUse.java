package hal0.agent;

import hal0.agent.context.SystemPrompt;
import hal0.agent.session.History;
import hal0.agent.session.History.Numbered;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.ModelSaid;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What fills the window of a model, piece by piece.
///
/// **Shape** in the order in which a request tells it; nothing that is empty. About a quarter of
/// the characters of each, scaled so that the sum is what the provider counted last; `counted` says
/// whether it has. Pure. **Units** tokens; a window of 0 is not known.
public record ContextUse(List<Item> items, long window, boolean counted) {

    /// What sort of thing takes room.
    public enum Kind {
        SYSTEM,
        AGENT,
        SKILLS,
        INSTRUCTIONS,
        TOOLS,
        MCP_TOOLS,
        SUMMARY,
        USER,
        ANSWERS,
        TOOL_CALLS,
        TOOL_RESULTS
    }

    /// One line of it; `name` tells those of a kind apart, such as the server of tools.
    public record Item(Kind kind, String name, long tokens) {}

    public ContextUse {
        items = List.copyOf(items);
    }

    /// All that is used.
    public long used() {
        return items.stream().mapToLong(Item::tokens).sum();
    }

    /// What is left; null in a window of unknown size.
    public @Nullable Long free() {
        return window == 0 ? null : Math.max(0, window - used());
    }

    /// That of the next request.
    public static ContextUse of(
            SystemPrompt prompt, List<Tool> tools, History history, long window) {
        Weights before = new Weights();
        prompt.sections().forEach(section -> before.add(kind(section.kind()), "", section.text()));
        for (Tool tool : tools) {
            addTool(before, tool);
        }
        history.summary().ifPresent(summary -> before.add(Kind.SUMMARY, "", summary.summary()));
        return said(before, history, window);
    }

    private static ContextUse said(Weights weights, History history, long window) {
        int from = history.summary().map(SessionEntry.Compacted::from).orElse(0);
        int summarized = summarized(history);
        long counted = 0;
        long characters = 0;
        for (Numbered each : history.all()) {
            if (each.number() < from) {
                continue;
            }
            addEntry(weights, each.entry());
            // What was counted before a summary took the place of something counts that too.
            if (each.number() > summarized
                    && each.entry() instanceof ModelSaid said
                    && said.usage() != null) {
                Usage usage = said.usage();
                counted = usage.totalInput() + usage.output();
                characters = weights.sum();
            }
        }
        boolean known = counted > 0 && characters > 0;
        return new ContextUse(
                weights.items(known ? counted / (double) characters : 0.25), window, known);
    }

    private static int summarized(History history) {
        for (Numbered each : history.all().reversed()) {
            if (each.entry() instanceof SessionEntry.Compacted) {
                return each.number();
            }
        }
        return -1;
    }

    private static Kind kind(SystemPrompt.Kind kind) {
        return switch (kind) {
            case OWN -> Kind.SYSTEM;
            case AGENT -> Kind.AGENT;
            case SKILLS -> Kind.SKILLS;
            case INSTRUCTIONS -> Kind.INSTRUCTIONS;
        };
    }

    /// Those of MCP servers are called `server__tool`.
    private static void addTool(Weights weights, Tool tool) {
        int server = tool.name().indexOf("__");
        String description = tool.description() == null ? "" : tool.description();
        String text = tool.name() + description + tool.schema();
        if (server > 0) {
            weights.add(Kind.MCP_TOOLS, tool.name().substring(0, server), text);
        } else {
            weights.add(Kind.TOOLS, "", text);
        }
    }

    private static void addEntry(Weights weights, SessionEntry entry) {
        switch (entry) {
            case SessionEntry.UserSaid(_, var parts) -> addParts(weights, Kind.USER, parts);
            case ModelSaid said -> addParts(weights, Kind.ANSWERS, said.parts());
            case SessionEntry.ToolAnswered(_, var result, _, _) ->
                    addParts(weights, Kind.TOOL_RESULTS, List.of(result));
            case SessionEntry.Nudged nudged -> weights.add(Kind.USER, "", nudged.text());
            case SessionEntry _ -> {} // not told, or told in the place of others
        }
    }

    private static void addParts(Weights weights, Kind kind, List<Part> parts) {
        for (Part part : parts) {
            Kind own =
                    switch (part) {
                        case Part.ToolCall _ -> Kind.TOOL_CALLS;
                        case Part.ToolResult _ -> Kind.TOOL_RESULTS;
                        case Part _ -> kind;
                    };
            weights.add(own, "", Compaction.characters(List.of(part)));
        }
    }

    /// Characters by what they are for.
    private static final class Weights {
        private record Key(Kind kind, String name) {}

        private final Map<Key, Long> characters = new LinkedHashMap<>();

        void add(Kind kind, String name, String text) {
            add(kind, name, text.length());
        }

        void add(Kind kind, String name, long count) {
            characters.merge(new Key(kind, name), count, Long::sum);
        }

        long sum() {
            return characters.values().stream().mapToLong(count -> count).sum();
        }

        /// Rounded so that the sum stays what it is.
        List<Item> items(double tokensPerCharacter) {
            List<Item> items = new ArrayList<>();
            double exact = 0;
            long given = 0;
            for (Map.Entry<Key, Long> each : characters.entrySet()) {
                exact += each.getValue() * tokensPerCharacter;
                long tokens = Math.round(exact) - given;
                given += tokens;
                if (tokens > 0) {
                    items.add(new Item(each.getKey().kind(), each.getKey().name(), tokens));
                }
            }
            return items;
        }
    }
}
