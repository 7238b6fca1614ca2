package hal0.relay.api;

import hal0.home.config.Nearest;
import hal0.relay.control.Audit;
import hal0.relay.control.Configured;
import hal0.relay.control.SettingsEdit;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import hal0.relay.routing.CapabilitiesSection;
import hal0.slots.definition.Definition;
import hal0.slots.definition.Definitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/api/capabilities`: which slot serves what.
public final class CapabilityRoutes implements RouteFamily {
    private static final List<Field> CHANGE =
            CapabilitiesSection.WORDS.stream()
                    .map(word ->
                            Field.text(word, "A slot; null or empty: the one of that name.")
                                    .orNull())
                    .toList();

    private static final List<Field> ONE =
            List.of(
                    Field.text("capability", "One of the words."),
                    Field.text("slot", "The slot that serves it."),
                    Field.flag("chosen", "Whether it was chosen, rather than called so."),
                    Field.flag("defined", "Whether there is such a slot."),
                    Field.text("model", "The slot's default model.").orNull());

    private final Configured configured;
    private final Definitions definitions;
    private final Supplier<Map<String, String>> chosen;
    private final Audit audit;

    /// `chosen` are the slots that config.toml names, by the word for the capability.
    public CapabilityRoutes(
            Configured configured,
            Definitions definitions,
            Supplier<Map<String, String>> chosen,
            Audit audit) {
        this.configured = configured;
        this.chosen = chosen;
        this.definitions = definitions;
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/capabilities", Route.Access.ADMIN, this::list)
                        .about(
                                About.of("Which slot serves what.")
                                        .answer(200, About.Form.LIST, ONE)),
                new Route("PUT", "/api/capabilities", Route.Access.ADMIN, this::change)
                        .about(
                                About.of("Chooses slots for capabilities, in config.toml.")
                                        .body(CHANGE)
                                        .answer(200, About.Form.LIST, ONE)
                                        .errors("slot.not_found 404", "validation.invalid 422")));
    }

    private void list(Exchange exchange, String rest) {
        Map<String, String> named = chosen.get();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (String word : CapabilitiesSection.WORDS) {
                        String slot = named.getOrDefault(word, word);
                        Optional<Definition> defined = definitions.find(slot);
                        json.writeStartObject();
                        json.writeStringField("capability", word);
                        json.writeStringField("slot", slot);
                        json.writeBooleanField("chosen", named.containsKey(word));
                        json.writeBooleanField("defined", defined.isPresent());
                        json.writeStringField(
                                "model",
                                defined.map(slotDefined -> slotDefined.spec().model().id())
                                        .orElse(null));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }));
    }

    private void change(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, CHANGE);
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        body.values()
                .forEach((word, slot) -> {
                    String name = slot == null ? "" : String.valueOf(slot).strip();
                    requireSlot(word, name);
                    keys.put("capabilities." + word, name.isEmpty() ? null : name);
                });
        if (!keys.isEmpty()) {
            new SettingsEdit(configured, audit.by(exchange.principal().name())).change(keys);
        }
        list(exchange, rest);
    }

    private void requireSlot(String word, String slot) {
        if (!slot.isEmpty() && definitions.find(slot).isEmpty()) {
            List<String> names = definitions.all().stream().map(Definition::name).toList();
            throw RelayException.of(
                    404,
                    "slot.not_found",
                    "%s: there is no slot \"%s\"%s"
                            .formatted(word, slot, Nearest.hint(slot, names)));
        }
    }
}
