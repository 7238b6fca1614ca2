package hal0.slots.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.AtomicFile;
import hal0.home.IoReason;
import hal0.slots.plan.GroupState.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `state/gpu.json`.
///
/// **Shape** `{mode, pinned, switching_to, restore: {llm: [{slot, model}], img: […]}}`. A file that
/// is not of that form counts as none, with a warning. **Errors** [IOException] from writing only.
final class GroupFile {
    private static final System.Logger LOG = System.getLogger(GroupFile.class.getName());
    private static final Set<String> MODES = Set.of(GroupState.LLM, GroupState.IMG);

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;

    GroupFile(Path file) {
        this.file = file;
    }

    GroupState read() {
        try {
            return state(json.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
            return GroupState.first();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} cannot be read ({1}): the GPUs go to language models",
                    file,
                    IoReason.of(e));
            return GroupState.first();
        }
    }

    private GroupState state(JsonNode tree) throws IOException {
        String mode = tree.path("mode").asText();
        String to = tree.path("switching_to").asText("");
        if (!MODES.contains(mode) || !(to.isEmpty() || MODES.contains(to))) {
            throw new IOException("it does not say who has the GPUs");
        }
        Map<String, List<Loaded>> restore = new HashMap<>();
        for (Map.Entry<String, JsonNode> group : tree.path("restore").properties()) {
            List<Loaded> loaded = new ArrayList<>();
            for (JsonNode slot : group.getValue()) {
                String name = slot.path("slot").asText();
                if (!name.isEmpty()) {
                    loaded.add(
                            new Loaded(
                                    name,
                                    slot.hasNonNull("model") ? slot.get("model").asText() : null));
                }
            }
            restore.put(group.getKey(), loaded);
        }
        return new GroupState(
                mode, tree.path("pinned").asBoolean(), to.isEmpty() ? null : to, restore);
    }

    void write(GroupState state) throws IOException {
        ObjectNode tree = json.createObjectNode();
        tree.put("mode", state.mode());
        tree.put("pinned", state.pinned());
        tree.put("switching_to", state.switchingTo());
        ObjectNode restore = tree.putObject("restore");
        state.restore()
                .forEach((group, slots) -> {
                    ArrayNode list = restore.putArray(group);
                    for (Loaded loaded : slots) {
                        list.addObject().put("slot", loaded.slot()).put("model", loaded.model());
                    }
                });
        AtomicFile.writePrivate(
                file, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree));
    }
}
