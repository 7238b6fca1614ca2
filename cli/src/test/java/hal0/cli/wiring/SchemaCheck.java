package hal0.cli.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Holds JSON against the part of JSON Schema that hal0 writes.
final class SchemaCheck {
    private SchemaCheck() {}

    /// What does not fit, by its place; empty where all does.
    static List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        check("$", schema, value, faults);
        return faults;
    }

    private static void check(String at, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.isBoolean()) {
            if (!schema.asBoolean()) {
                faults.add(at + ": nothing may stand here");
            }
            return;
        }
        if (schema.has("anyOf")) {
            boolean fits = false;
            for (JsonNode one : schema.path("anyOf")) {
                fits |= faults(one, value).isEmpty();
            }
            if (!fits) {
                faults.add(at + ": fits none of anyOf");
            }
        }
        type(at, schema.path("type"), value, faults);
        if (schema.has("enum")) {
            boolean listed = false;
            for (JsonNode one : schema.path("enum")) {
                listed |= one.equals(value);
            }
            if (!listed) {
                faults.add(at + ": " + value + " is none of " + schema.path("enum"));
            }
        }
        if (value.isNumber()) {
            if (schema.has("minimum") && value.asDouble() < schema.path("minimum").asDouble()) {
                faults.add(at + ": below the minimum");
            }
            if (schema.has("maximum") && value.asDouble() > schema.path("maximum").asDouble()) {
                faults.add(at + ": above the maximum");
            }
        }
        for (int i = 0; value.isArray() && schema.has("items") && i < value.size(); i++) {
            check(at + "[" + i + "]", schema.path("items"), value.path(i), faults);
        }
        if (value.isObject()) {
            members(at, schema, value, faults);
        }
    }

    private static void members(String at, JsonNode schema, JsonNode value, List<String> faults) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                faults.add(at + "." + name.asText() + ": missing");
            }
        }
        value.properties()
                .forEach(member -> {
                    JsonNode known = schema.path("properties").path(member.getKey());
                    JsonNode other = schema.path("additionalProperties");
                    String path = at + "." + member.getKey();
                    if (!known.isMissingNode()) {
                        check(path, known, member.getValue(), faults);
                    } else if (!other.isMissingNode()) {
                        check(path, other, member.getValue(), faults);
                    }
                });
    }

    private static void type(String at, JsonNode type, JsonNode value, List<String> faults) {
        if (type.isMissingNode()) {
            return;
        }
        boolean fits = false;
        if (type.isArray()) {
            for (JsonNode one : type) {
                fits |= is(one.asText(), value);
            }
        } else {
            fits = is(type.asText(), value);
        }
        if (!fits) {
            faults.add(at + ": " + value.getNodeType() + " is no " + type);
        }
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> throw new AssertionError("unknown type " + type);
        };
    }
}
