package hal0.relay.route;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.home.response.StoredResponse;
import hal0.providers.dialect.EventBody;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer was asked with: everything that was said before it, oldest first.
record InputItems(List<Item> items) {

    /// An item with the id that the client gave it, or one of ours.
    record Item(String id, String json) {}

    InputItems {
        items = List.copyOf(items);
    }

    /// Of the last answer of a chain.
    static InputItems of(List<StoredResponse> chain) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            collect(chain.get(i), i == chain.size() - 1, items);
        }
        return new InputItems(items);
    }

    /// A part of the list, as the API writes it.
    byte[] page(boolean ascending, @Nullable String after, int limit) {
        List<Item> ordered = ascending ? items : items.reversed();
        int from = after(ordered, after);
        int to = Math.min(ordered.size(), from + limit);
        return page(ordered.subList(from, to), to < ordered.size());
    }

    private static int after(List<Item> items, @Nullable String id) {
        for (int i = 0; id != null && i < items.size(); i++) {
            if (items.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        return 0;
    }

    /// What was asked and, before the last of the chain, what was answered.
    private static void collect(StoredResponse one, boolean last, List<Item> to) {
        try (JsonParser input = Json.parser(one.input())) {
            input.nextToken();
            for (int i = 0; input.nextToken() == JsonToken.START_OBJECT; i++) {
                to.add(listed(Json.raw(input), "in_" + one.id() + "_" + i));
            }
            if (!last) {
                answered(one, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a kept response cannot be read", e);
        }
    }

    private static void answered(StoredResponse one, List<Item> to) throws IOException {
        try (JsonParser answer = Json.parser(one.answer())) {
            answer.nextToken();
            while (answer.nextToken() == JsonToken.FIELD_NAME) {
                boolean output = answer.currentName().equals("output");
                answer.nextToken();
                if (!output) {
                    answer.skipChildren();
                    continue;
                }
                for (int i = 0; answer.nextToken() == JsonToken.START_OBJECT; i++) {
                    to.add(listed(Json.raw(answer), "out_" + one.id() + "_" + i));
                }
            }
        }
    }

    private static Item listed(String item, String invented) throws IOException {
        try (JsonParser p = Json.parser(item)) {
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                boolean id = p.currentName().equals("id");
                p.nextToken();
                String given = id ? Json.text(p) : null;
                if (given != null) {
                    return new Item(given, item);
                }
                p.skipChildren();
            }
        }
        String rest = item.substring(item.indexOf('{') + 1);
        String separator = rest.strip().equals("}") ? "" : ",";
        return new Item(invented, "{\"id\":\"" + invented + "\"" + separator + rest);
    }

    private static byte[] page(List<Item> items, boolean more) {
        return EventBody.of(json -> {
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (Item item : items) {
                json.writeRawValue(item.json());
            }
            json.writeEndArray();
            id(json, "first_id", items.isEmpty() ? null : items.getFirst());
            id(json, "last_id", items.isEmpty() ? null : items.getLast());
            json.writeBooleanField("has_more", more);
        });
    }

    private static void id(JsonGenerator json, String field, @Nullable Item item)
            throws IOException {
        json.writeStringField(field, item == null ? null : item.id());
    }
}
