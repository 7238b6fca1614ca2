package hal0.agent.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.tool.ToolException;

/// The arguments of a call, read one by one. **Errors** [ToolException] naming the argument.
record Arguments(ObjectNode values) {

    String text(String name) {
        JsonNode value = values.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new ToolException("\"%s\" is missing: give it as text".formatted(name));
        }
        return value.textValue();
    }

    /// Models write numbers as text now and then, which is as good.
    int number(String name, int otherwise, int least, int most) {
        JsonNode value = values.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        double number = value.asDouble(Double.NaN);
        if (!(number >= least && number <= most) || number != Math.rint(number)) {
            throw new ToolException(
                    "\"%s\" must be a whole number from %d to %d".formatted(name, least, most));
        }
        return (int) number;
    }

    boolean flag(String name) {
        JsonNode value = values.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new ToolException("\"%s\" must be true or false".formatted(name));
        }
        return value.booleanValue();
    }
}
