package hal0.cli.slots;

import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.relay.control.SlotInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Slots as commands show them.
final class SlotText {
    private SlotText() {}

    /// Such as `chat is pulling qwen3-4b: 3 of 9 GB`.
    static String step(SlotInfo slot) {
        StringBuilder step = new StringBuilder(slot.name()).append(" is ").append(slot.state());
        if (slot.model() != null) {
            step.append(slot.isReady() ? " with " : " (").append(slot.model());
            step.append(slot.isReady() ? "" : ")");
        }
        if (slot.isReady() && slot.endpoint() != null) {
            step.append(" at ").append(slot.endpoint());
        }
        String more = slot.message().isEmpty() ? progress(slot) : slot.message();
        return (more.isEmpty() ? step : step.append(": ").append(more)).toString();
    }

    private static String progress(SlotInfo slot) {
        return switch (slot.extra().get("progress")) {
            case null -> "";
            case Number part -> "%.0f %%".formatted(100 * part.doubleValue());
            case Map<?, ?> of -> of.get("done") + " of " + of.get("total");
            case Object other -> other.toString();
        };
    }

    static Listing list(List<SlotInfo> slots) {
        Listing listing =
                new Listing(
                        "name",
                        "state",
                        "model",
                        "type",
                        "runtime",
                        "device",
                        "port",
                        "in_flight",
                        "waiting",
                        "memory_mb",
                        "aliases",
                        "message");
        for (SlotInfo slot : slots) {
            Object memory = slot.extra().get("memory_mb");
            listing.row(
                    slot.name(),
                    slot.state(),
                    model(slot),
                    slot.type(),
                    slot.runtime(),
                    slot.device(),
                    slot.port(),
                    slot.inFlight(),
                    slot.waiting(),
                    memory,
                    new Cell(slot.aliases(), String.join(",", slot.aliases())),
                    slot.message());
        }
        return listing;
    }

    /// The one that is loaded; in brackets the one that would be.
    private static Cell model(SlotInfo slot) {
        @Nullable String model = slot.model();
        @Nullable String usual = slot.defaultModel();
        return model == null && usual != null ? new Cell(null, "(" + usual + ")") : Cell.of(model);
    }

    /// Everything that is known of one.
    static Listing status(SlotInfo slot) {
        Listing listing = new Listing("key", "value");
        listing.row("name", slot.name());
        listing.row("state", slot.state());
        listing.row("model", slot.model());
        listing.row("default_model", slot.defaultModel());
        listing.row("type", slot.type());
        listing.row("aliases", new Cell(slot.aliases(), String.join(", ", slot.aliases())));
        listing.row("runtime", slot.runtime());
        listing.row("device", slot.device());
        listing.row("port", slot.port());
        listing.row("endpoint", slot.endpoint());
        listing.row("enabled", slot.enabled());
        listing.row("pinned", slot.pinned());
        listing.row("in_flight", slot.inFlight());
        listing.row("waiting", slot.waiting());
        // One that was never in any state has been offline since nobody knows when.
        boolean ever = !slot.updatedAt().equals(Instant.EPOCH);
        listing.row(
                "since", ever ? slot.updatedAt().truncatedTo(ChronoUnit.SECONDS).toString() : null);
        listing.row("message", slot.message());
        slot.extra().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("runtime"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> listing.row(entry.getKey(), fact(entry.getValue())));
        return listing;
    }

    /// What is known of each model, such as how long it took to load, is one word for each.
    private static Cell fact(Object value) {
        return value instanceof Map<?, ?> facts
                ? new Cell(
                        value,
                        facts.entrySet().stream()
                                .map(fact -> fact.getKey() + "=" + fact.getValue())
                                .collect(Collectors.joining(", ")))
                : Cell.of(value);
    }
}
