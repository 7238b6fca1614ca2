package hal0.tui.state;

import hal0.tui.state.Transcript.Open;
import hal0.tui.text.Cells;
import hal0.tui.text.Digits;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// What goes on while a turn runs, in words, the most wanted part first. Pure.
public final class Activity {
    private static final int LONGEST_TITLE = 48;

    private Activity() {}

    /// Empty while nothing runs.
    public static List<String> parts(UiState state) {
        if (!(state.session().turn() instanceof Turn.Running(var seconds, var interrupted, _))) {
            return List.of();
        }
        if (interrupted) {
            return List.of("stopping …");
        }
        List<String> parts = new ArrayList<>();
        parts.add(doing(state));
        parts.add(seconds + " s");
        parts.add("Esc interrupts");
        Bill bill = state.session().progress().bill();
        if (bill.outputSoFar() > 0) {
            String sign = bill.written() > 0 ? "~" : "";
            parts.add(sign + Digits.grouped(bill.outputSoFar()) + " tokens out");
        }
        return parts;
    }

    /// How many commands run in the background: a call that is waited for is shown as such.
    public static int inBackground(UiState state) {
        long waited =
                state.transcript().calls().stream()
                        .filter(line -> line.ended() == null)
                        .filter(line -> line.call().title().startsWith("shell "))
                        .count();
        return (int) Math.max(0, state.session().progress().commands() - waited);
    }

    private static String doing(UiState state) {
        if (state.overlays().stream().anyMatch(each -> each instanceof Overlay.Question)) {
            return "waiting for your answer";
        }
        Holdup holdup = state.session().progress().holdup();
        if (holdup != null) {
            return holdup.words();
        }
        return switch (state.transcript().open()) {
            case Open.Answer _ -> "writing";
            case Open.Thoughts _ -> "thinking";
            case Open.Calls(var lines, _) -> calling(lines);
            case Open.Nothing() -> waiting(state.session());
        };
    }

    private static String calling(List<ToolLine> lines) {
        List<ToolLine> running = lines.stream().filter(line -> line.ended() == null).toList();
        if (running.isEmpty()) {
            return "working";
        }
        String title = Safe.oneLine(running.getFirst().call().title());
        String first = "running " + Cells.ellipsis(title, LONGEST_TITLE);
        return running.size() == 1 ? first : first + " and " + (running.size() - 1) + " more";
    }

    private static String waiting(Session session) {
        Active active = session.active();
        return active == null ? "waiting" : "waiting for " + Safe.oneLine(active.name());
    }
}
