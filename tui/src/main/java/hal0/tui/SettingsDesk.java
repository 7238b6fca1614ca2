package hal0.tui;

import hal0.home.config.Setting;
import hal0.relay.control.ControlPlane;
import hal0.tui.board.AgentsBoard;
import hal0.tui.board.ConfigBoard;
import hal0.tui.board.HelpBoard;
import hal0.tui.board.McpBoard;
import hal0.tui.board.MemoryBoard;
import hal0.tui.board.ModelBoard;
import hal0.tui.board.PermissionsBoard;
import hal0.tui.board.ProvidersBoard;
import hal0.tui.board.SessionsBoard;
import hal0.tui.board.ThemeBoard;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// What the boards of settings show, and what can be chosen from.
///
/// **Threads** any but the UI thread; blocks.
record SettingsDesk(Services services) {

    Content model(ControlPlane plane) {
        return ModelBoard.of(plane.active(), plane.settings().all());
    }

    Content providers(ControlPlane plane) {
        return ProvidersBoard.of(plane.upstreams().all(), plane.active());
    }

    Content config(ControlPlane plane) {
        List<Setting> settings = plane.settings().all();
        return ConfigBoard.of(settings, services.about().configFile());
    }

    Content theme(ControlPlane plane) {
        return ThemeBoard.of(plane.settings().all());
    }

    Content servers() {
        return McpBoard.of(belongings().servers());
    }

    Content tools(String server) {
        return belongings().servers().stream()
                .filter(each -> each.name().equals(server))
                .findFirst()
                .map(McpBoard::tools)
                .orElseGet(() -> Content.of(List.of(), "there is no server " + server));
    }

    Content permissions() {
        Belongings own = belongings();
        return PermissionsBoard.of(own.mode(), own.rules(), own.ownRules());
    }

    /// Of one bank, of all for an empty name.
    Content memory(String bank) {
        return MemoryBoard.of(belongings().memory(bank, ""), bank, ZoneId.systemDefault());
    }

    Content agents() {
        return AgentsBoard.of(belongings().agents());
    }

    Content help() {
        return HelpBoard.content();
    }

    Content sessions(boolean everywhere) {
        return SessionsBoard.of(services.past().sessions(everywhere), everywhere, Instant.now());
    }

    private Belongings belongings() {
        return services.surroundings().belongings();
    }

    /// Rows that hold the words elsewhere than in what is shown of them.
    List<Line.Row> memoryWith(String bank, String words) {
        return MemoryBoard.rows(belongings().memory(bank, words), bank, ZoneId.systemDefault());
    }

    List<Line.Row> sessionsWith(String words, boolean everywhere) {
        return SessionsBoard.found(
                services.past().search(words, everywhere), everywhere, Instant.now());
    }

    /// The end of a session.
    List<Line> endOf(String session) {
        return SessionsBoard.said(services.past().end(session));
    }
}
