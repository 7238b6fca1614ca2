package hal0.relay.mcp.admin;

import hal0.relay.control.ControlException;
import hal0.relay.control.SlotInfo;
import hal0.relay.mcp.protocol.Bounds;
import hal0.relay.mcp.protocol.McpEndpoint;
import hal0.relay.mcp.protocol.Offer;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.route.Field;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The MCP server that operates this relay.
public final class AdminServer {
    private static final String INSTRUCTIONS =
            """
            Operates hal0: model providers, local model slots, models, usage and health of one machine.
            Tools that only look run at once, and so do those that can be undone (slot_load,
            slot_unload, slot_swap, slot_restart, provider_enable, provider_disable, use_model, reload).
            Every other change answers {"status":"pending_approval","approval_id":...}: tell the user
            to approve it, and ask approval_get with wait_s what came of it. Do not ask for the same
            again. Secrets are never shown; to set a key use credential_set.
            """;

    private final Ground ground;

    private AdminServer(Ground ground) {
        this.ground = ground;
    }

    /// Opens it; it follows the events of the relay until these are over.
    public static McpEndpoint open(Ground ground, InstantSource clock) {
        AdminServer server = new AdminServer(ground);
        AdminResources resources = new AdminResources(ground);
        Offer offer =
                new Offer(
                        "hal0-admin",
                        "hal0",
                        INSTRUCTIONS,
                        server::tools,
                        resources,
                        AdminPrompts.all(),
                        server::completed);
        McpEndpoint endpoint = new McpEndpoint(offer, Bounds.USUAL, clock);
        AdminNews.follow(ground.events(), endpoint, server::slots);
        return endpoint;
    }

    private List<OfferedTool> tools() {
        Field slot = slot();
        List<OfferedTool> tools = new ArrayList<>();
        tools.addAll(new SystemTools(ground).all());
        tools.addAll(new SlotTools(ground, slot).all());
        tools.addAll(new ProviderTools(ground).all());
        tools.addAll(new ModelTools(ground).all());
        tools.addAll(new RecordTools(ground).all());
        tools.addAll(new GatedTools(ground, slot).all());
        return tools;
    }

    /// The names are in the schema, so that a model need not guess them.
    private Field slot() {
        Field slot = Field.text("slot", "The name of the slot.").must();
        List<String> names = slots();
        return names.isEmpty() ? slot : slot.oneOf(names);
    }

    private List<String> slots() {
        try {
            return ground.control().apply("mcp").slots().all().stream()
                    .map(SlotInfo::name)
                    .toList();
        } catch (ControlException _) {
            // Where no slots run there are no names.
            return List.of();
        }
    }

    private List<String> completed(String of, String argument, String begun) {
        List<String> names =
                switch (argument) {
                    case "slot", "name" -> of.contains("provider") ? providers() : slots();
                    case "provider" -> providers();
                    default -> List.of();
                };
        return names.stream().filter(name -> name.startsWith(begun)).toList();
    }

    private List<String> providers() {
        return ground.control().apply("mcp").upstreams().all().stream()
                .map(each -> each.name())
                .toList();
    }
}
