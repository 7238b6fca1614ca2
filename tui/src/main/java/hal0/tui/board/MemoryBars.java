package hal0.tui.board;

import hal0.relay.control.GpuInfo;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Memory of each GPU and of the machine: what slots have, what others have, what is free.
final class MemoryBars {
    private static final int CELLS = 20;

    private MemoryBars() {}

    static List<Line> of(GpuInfo gpu) {
        List<Line> lines = new ArrayList<>();
        for (GpuInfo.Card card : gpu.cards()) {
            lines.add(Text.head(name(card)));
            lines.add(
                    bar(
                            shared(gpu, card.kind() + ":" + card.index()),
                            card.usedMb(),
                            card.totalMb()));
        }
        if (gpu.memoryMb() > 0) {
            lines.add(Text.head("memory"));
            lines.add(
                    bar(shared(gpu, "memory"), gpu.memoryMb() - gpu.availableMb(), gpu.memoryMb()));
        }
        String mode = gpu.mode();
        if (mode != null) {
            lines.add(
                    new Line.Row(
                            " gpu mode",
                            List.of(
                                    Board.cell("gpu mode"),
                                    Board.cell(
                                            mode + (gpu.pinned() ? " pinned" : ""), Role.ACCENT)),
                            List.of(mode(mode.equals("llm") ? "img" : "llm"))));
        }
        return lines;
    }

    private static Act mode(String other) {
        return Act.asking(
                'm',
                "let " + other + " slots have it",
                "The slots of the other group are drained and unloaded. Let %s slots have the GPU?"
                        .formatted(other),
                new Effect.Alter(new Change.GpuMode(other, false)));
    }

    private static String name(GpuInfo.Card card) {
        StringBuilder name =
                new StringBuilder(card.kind()).append(':').append(card.index()).append(' ');
        name.append(card.name());
        if (card.utilization() != null) {
            name.append(" · ").append(card.utilization()).append(" %");
        }
        if (card.temperature() != null) {
            name.append(" · ").append(card.temperature()).append(" °C");
        }
        return name.toString();
    }

    private static long shared(GpuInfo gpu, String pool) {
        return gpu.shares().stream()
                .filter(share -> share.pool().equals(pool))
                .mapToLong(GpuInfo.Share::mb)
                .sum();
    }

    private static Line bar(long slots, long used, long total) {
        long all = Math.max(1, total);
        int own = cells(slots, all);
        // Rounded together, so that the bar is as long as what is used.
        int others = Math.max(0, cells(Math.max(slots, used), all) - own);
        String numbers =
                String.format(
                        Locale.ROOT,
                        " %.1f / %.1f GB",
                        Math.max(slots, used) / 1024.0,
                        total / 1024.0);
        return new Line.Words(
                List.of(
                        Span.of("█".repeat(own), Role.ACCENT),
                        Span.of("█".repeat(others), Role.NOTICE),
                        Span.of("░".repeat(CELLS - own - others), Role.DIM),
                        Span.of(Safe.oneLine(numbers), Role.PLAIN),
                        Span.of(
                                slots > 0 ? " · slots " + Figures.gigabytes(slots) : "",
                                Role.ACCENT)));
    }

    private static int cells(long part, long of) {
        return Math.clamp(Math.round((double) part * CELLS / of), 0, CELLS);
    }
}
