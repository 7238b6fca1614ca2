package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Period;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotJson;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamStatuses;
import hal0.relay.mcp.protocol.Resources;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be read of this relay without a tool, and followed.
final class AdminResources implements Resources {
    static final String SLOTS = "hal0://slots";
    static final String PROVIDERS = "hal0://providers";
    static final String USAGE = "hal0://usage/today";
    private static final String STATUS = "hal0://status";
    private static final String JSON = "application/json";

    private final Ground ground;

    AdminResources(Ground ground) {
        this.ground = ground;
    }

    private ControlPlane control() {
        return ground.control().apply("mcp");
    }

    @Override
    public List<Resource> all() {
        List<Resource> all = new ArrayList<>();
        all.add(resource(STATUS, "status", "The relay at a glance."));
        all.add(resource(SLOTS, "slots", "Every slot and its state."));
        all.add(resource(PROVIDERS, "providers", "Every provider and whether it can be used."));
        all.add(resource(USAGE, "usage today", "What was spent since midnight, by model."));
        for (SlotInfo slot : slots()) {
            all.add(
                    resource(
                            SLOTS + "/" + slot.name(),
                            "slot " + slot.name(),
                            "The slot %s and its state.".formatted(slot.name())));
        }
        return all;
    }

    /// None where no slots run.
    private List<SlotInfo> slots() {
        try {
            return control().slots().all();
        } catch (ControlException _) {
            return List.of();
        }
    }

    private static Resource resource(String uri, String name, String description) {
        return Resource.builder(uri, name).description(description).mimeType(JSON).build();
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(
                template(SLOTS + "/{slot}", "slot", "One slot and its state."),
                template(PROVIDERS + "/{provider}", "provider", "One provider."));
    }

    private static ResourceTemplate template(String uri, String name, String description) {
        return ResourceTemplate.builder(uri, name).description(description).mimeType(JSON).build();
    }

    @Override
    public Optional<ResourceContents> read(String uri) {
        try {
            return Optional.ofNullable(tree(uri))
                    .map(tree ->
                            TextResourceContents.builder(uri, tree.toString())
                                    .mimeType(JSON)
                                    .build());
        } catch (RuntimeException e) {
            throw ToolBuilder.shown(e);
        }
    }

    private @Nullable JsonNode tree(String uri) {
        return switch (uri) {
            case STATUS -> SystemTools.status(control());
            case SLOTS ->
                    Trees.list(
                            "slots",
                            control().slots().all(),
                            (json, slot) -> SlotJson.write(json, slot));
            case PROVIDERS ->
                    Trees.list("providers", control().upstreams().all(), UpstreamStatuses::write);
            case USAGE ->
                    RecordTools.usage(
                            control(),
                            Grouping.MODEL,
                            Period.parse("today", LocalDate.now(ground.zone()), ground.zone()));
            default -> one(uri);
        };
    }

    private @Nullable JsonNode one(String uri) {
        if (uri.startsWith(SLOTS + "/")) {
            String name = uri.substring(SLOTS.length() + 1);
            return slots().stream()
                    .filter(slot -> slot.name().equals(name))
                    .findFirst()
                    .map(slot -> Trees.object(json -> SlotJson.write(json, slot)))
                    .orElse(null);
        }
        if (uri.startsWith(PROVIDERS + "/")) {
            String name = uri.substring(PROVIDERS.length() + 1);
            Optional<UpstreamStatus> found =
                    control().upstreams().all().stream()
                            .filter(each -> each.name().equals(name))
                            .findFirst();
            return found.map(ProviderTools::tree).orElse(null);
        }
        return null;
    }
}
