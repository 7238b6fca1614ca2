package hal0.tui.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The arguments of a call, as people read them: a name and what stands for it. Pure.
final class CallInput {
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();
    private static final Excerpt SHORT = new Excerpt(12, 4);

    private CallInput() {}

    static List<Row> rows(String arguments) {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : fields(arguments)) {
            JsonNode value = each.getValue();
            String text = value.isTextual() ? value.textValue() : value.toString();
            String shown =
                    text.strip().indexOf('\n') < 0
                            ? each.getKey() + ": " + text.strip()
                            : each.getKey() + ":\n" + text.indent(2);
            rows.addAll(SHORT.rows(shown, Role.DIM));
        }
        return rows;
    }

    /// What is no object is shown as it came.
    private static Iterable<Map.Entry<String, JsonNode>> fields(String arguments) {
        try {
            if (JSON.readTree(arguments) instanceof ObjectNode object) {
                return object.properties();
            }
        } catch (JsonProcessingException _) {
            // The model wrote it wrong; the call says so.
        }
        JsonNode text = JsonMapper.builder().build().getNodeFactory().textNode(arguments);
        return arguments.isBlank() ? List.of() : List.of(Map.entry("arguments", text));
    }
}
