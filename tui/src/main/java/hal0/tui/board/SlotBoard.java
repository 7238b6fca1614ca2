package hal0.tui.board;

import hal0.relay.control.GpuInfo;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotLaunch;
import hal0.relay.control.SlotLine;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One slot: all that is known of it, what it wrote, and the models that it could have.
public final class SlotBoard {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private SlotBoard() {}

    /// A model that is registered; `detail` is its size and where it stands.
    public record Registered(String id, String detail) {}

    /// `launch` is what loading comes to; null with `why` where that cannot be told.
    public static Content details(
            SlotInfo slot,
            @Nullable GpuInfo gpu,
            @Nullable SlotLaunch launch,
            String why,
            Instant now) {
        List<Line> lines = new ArrayList<>();
        lines.add(Text.fact("state", SlotsBoard.state(slot), SlotsBoard.role(slot)));
        if (!slot.updatedAt().equals(Instant.EPOCH)) {
            lines.add(Text.fact("since", Figures.span(Duration.between(slot.updatedAt(), now))));
        }
        if (!slot.message().isEmpty()) {
            Role role = slot.isFailed() ? Role.ERROR : Role.PLAIN;
            lines.add(Text.fact("message", slot.message(), role));
        }
        if (slot.isFailed()) {
            lines.add(Text.fact("what to do", remedy(slot), Role.NOTICE));
        }
        add(lines, "model", slot.model());
        add(lines, "its default", slot.defaultModel());
        lines.add(
                Text.fact(
                        "requests",
                        "%d under way, %d waiting".formatted(slot.inFlight(), slot.waiting())));
        add(lines, "memory", SlotsBoard.memory(slot.name(), gpu));
        add(lines, "aliases", String.join(", ", slot.aliases()));
        lines.add(
                Text.fact("runs as", slot.type() + " · " + slot.runtime() + " · " + slot.device()));
        add(lines, "endpoint", slot.endpoint());
        lines.add(
                Text.fact("pinned", slot.pinned() ? "yes, it is never unloaded for others" : "no"));
        launch(lines, launch, why);
        return Content.of(lines, null);
    }

    private static void launch(List<Line> lines, @Nullable SlotLaunch launch, String why) {
        lines.add(Text.head("what loading it comes to"));
        if (launch == null) {
            lines.add(Line.words(why, Role.ERROR));
            return;
        }
        add(lines, "image", launch.image());
        for (SlotLaunch.Word word : launch.words()) {
            String from =
                    word.place().isEmpty() ? word.source() : word.source() + " " + word.place();
            lines.add(
                    new Line.Words(
                            List.of(Board.cell(word.text()), Board.cell("  " + from, Role.DIM))));
        }
        add(lines, "variables", String.join(", ", launch.variables()));
        if (launch.differs()) {
            lines.add(
                    Line.words(
                            "What runs was started in another way; restarting it takes these.",
                            Role.NOTICE));
        }
    }

    private static void add(List<Line> lines, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            lines.add(Text.fact(name, value));
        }
    }

    /// What to do about a slot that has failed.
    static String remedy(SlotInfo slot) {
        String name = slot.name();
        return switch (String.valueOf(slot.extra().get("code"))) {
            case "slot.crash_looping" ->
                    "Its log (Alt+G) says why; restart it (Alt+R) once that is mended.";
            case "slot.config_error" ->
                    "Mend slots/%s.toml, or: hal0 slots edit %s; then load it (Alt+L)."
                            .formatted(name, name);
            case "slot.runtime_unavailable" ->
                    "Start the engine that runs it, or: hal0 slots edit %s --runtime process."
                            .formatted(name);
            case "slot.no_free_port" ->
                    "Free a port, or set slot.port with: hal0 slots edit " + name;
            case Object _ ->
                    "Its log (Alt+G) says more; load it again (Alt+L) once that is mended.";
        };
    }

    /// The last lines that it wrote; the newest last.
    public static Content log(List<SlotLine> written, ZoneId zone) {
        List<Line> lines = new ArrayList<>();
        for (SlotLine line : written) {
            String at = line.at() == null ? "" : TIME.format(line.at().atZone(zone)) + " ";
            lines.add(
                    new Line.Words(
                            List.of(
                                    Board.cell(at, Role.DIM),
                                    Board.cell(
                                            Safe.oneLine(line.text()),
                                            line.error() ? Role.NOTICE : Role.PLAIN))));
        }
        if (lines.isEmpty()) {
            lines.add(Text.dim("It has written nothing yet."));
        }
        return Content.of(lines, null);
    }

    /// Models to choose from; what was chosen is loaded, or put in place of what serves.
    public static Content models(SlotInfo slot, List<Registered> models) {
        boolean up = slot.isReady() || slot.isUnderWay();
        int busy = slot.inFlight() + slot.waiting();
        List<Line> lines = new ArrayList<>();
        if (up) {
            lines.add(
                    Text.dim(
                            "Chosen is swapped in and becomes its model%s."
                                    .formatted(
                                            busy == 0
                                                    ? ""
                                                    : "; the %d under way %s drained first"
                                                            .formatted(
                                                                    busy,
                                                                    busy == 1 ? "is" : "are"))));
        }
        for (Registered model : models) {
            boolean own = model.id().equals(slot.model());
            Effect.Work work =
                    new Effect.Alter(
                            up
                                    ? new Change.Swap(slot.name(), model.id())
                                    : new Change.Load(slot.name(), model.id()));
            lines.add(
                    new Line.Row(
                            model.id(),
                            List.of(
                                    Board.cell((own ? "● " : "  ") + model.id()),
                                    Board.cell(model.detail(), Role.DIM)),
                            List.of(Act.leaving('l', up ? "swaps it in" : "loads it", work))));
        }
        if (models.isEmpty()) {
            lines.add(Text.dim("No model is registered yet. hal0 models pull REF fetches one."));
        }
        return new Content(List.of(Column.left("", 0), Column.left("", 1)), lines, null);
    }
}
