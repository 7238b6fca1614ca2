package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.permission.Approver;
import hal0.agent.permission.Intent;
import hal0.agent.permission.Mode;
import hal0.agent.permission.Rule;
import hal0.agent.permission.Rules;
import hal0.relay.control.RelayStatus;
import hal0.tui.board.AgentsBoard;
import hal0.tui.board.McpBoard;
import hal0.tui.board.PermissionsBoard;
import hal0.tui.board.SessionsBoard;
import hal0.tui.board.SlotsBoard;
import hal0.tui.state.Active;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Place;
import hal0.tui.state.Reducer;
import hal0.tui.state.StoredSession;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.FrameWriter;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.VirtualScreen;
import hal0.tui.theme.Palette;
import hal0.tui.theme.Palettes;
import hal0.tui.view.ScreenView;
import hal0.tui.view.Theme;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Boards and dialogs at every size, in every theme, at every depth of colour.
class EveryScreenTest {
    private static final Path GOLDENS = Path.of("src/test/resources/screens");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<Size> SIZES =
            List.of(new Size(40, 12), new Size(80, 24), new Size(200, 60));

    enum Shown {
        MCP("/mcp", "memory"),
        DELETING("/mcp", "memory", 'x'),
        NAMING("/mcp", "+ add a server", '\r'),
        PERMISSIONS("/permissions", "mode"),
        AGENTS("/agents", "reviewer"),
        SESSIONS("/resume", "Mend the parser"),
        SLOTS("/slots", "chat"),
        ACTS("/slots", "u  unload", '\r'),
        HELP("/help", ""),
        TOKENS("/tokens", ""),
        PALETTE("\u0010", "/help"),
        QUESTION("", "");

        private final String typed;
        private final String chosen;
        private final char then;

        Shown(String typed, String chosen) {
            this(typed, chosen, '\0');
        }

        Shown(String typed, String chosen, char then) {
            this.typed = typed;
            this.chosen = chosen;
            this.then = then;
        }

        UiState at(Size size) {
            UiState state = UiState.starting(new UiState.About("1", "c"), size, false, null);
            RelayStatus relay =
                    new RelayStatus(
                            "0.1.0", "i1", URI.create("http://127.0.0.1:8080"), false, NOW, 3, 0);
            Active active = new Active("openai", "gpt-5", false, null);
            state = after(state, new UiEvent.ControlOpened(relay, active));
            if (this == QUESTION) {
                return after(state, new UiEvent.Asked(question()));
            }
            for (char each : typed.toCharArray()) {
                state = pressed(state, each < ' ' ? Key.ctrl((char) (each + 96)) : Key.of(each));
            }
            state = typed.startsWith("/") ? pressed(state, Key.of(Key.Code.ENTER)) : state;
            for (Place.Kind kind : Place.Kind.values()) {
                state = after(state, new UiEvent.Filled(Place.of(kind), content(kind)));
            }
            if (this == NAMING) {
                state = pressed(state, Key.of(Key.Code.END));
            }
            return switch (then) {
                case '\0' -> state;
                case '\r' -> pressed(state, Key.of(Key.Code.ENTER));
                default -> pressed(state, Key.of(then).withAlt());
            };
        }
    }

    private static UiState pressed(UiState state, Key key) {
        return after(state, new UiEvent.Did(new Input.Pressed(key)));
    }

    private static UiState after(UiState state, UiEvent event) {
        return Reducer.reduce(state, event).state();
    }

    private static Approver.Question question() {
        return new Approver.Question(
                new Intent(
                        "c1",
                        "edit",
                        "edit src/main/java/org/example/parser/TokenStream.java",
                        List.of(),
                        "-int next() {\n+int next() throws EndOfInput {\n     return at++;"),
                "no rule allows it",
                List.of("edit(src/main/java/org/example/parser/TokenStream.java)", "edit(src/**)"));
    }

    private static Content content(Place.Kind kind) {
        return switch (kind) {
            case MCP ->
                    McpBoard.of(
                            List.of(
                                    new McpBoard.Server(
                                            "memory",
                                            "npx -y @modelcontextprotocol/server-memory",
                                            McpBoard.State.FAILED,
                                            "the program ended with code 1 before it answered: npm"
                                                    + " error 404 Not Found; see the log, then"
                                                    + " reconnect",
                                            List.of()),
                                    new McpBoard.Server(
                                            "docs",
                                            "https://example.org/mcp",
                                            McpBoard.State.CONNECTED,
                                            "",
                                            List.of(new McpBoard.Tool("find", "finds")))));
            case PERMISSIONS ->
                    PermissionsBoard.of(
                            Mode.ASK,
                            Rules.of(
                                    List.of(Rule.parse("shell(git status*)")),
                                    List.of(Rule.parse("edit(pom.xml)")),
                                    List.of(Rule.parse("shell(rm -rf*)"))),
                            Rules.NONE);
            case AGENTS ->
                    AgentsBoard.of(
                            List.of(
                                    new AgentsBoard.Agent(
                                            "reviewer",
                                            "reads a change and says what is wrong with it",
                                            ""),
                                    new AgentsBoard.Agent(
                                            "tester", "", "tester.md:3: tools: no tool \"run\"")));
            case SESSIONS, ALL_SESSIONS ->
                    SessionsBoard.of(
                            List.of(
                                    new StoredSession(
                                            "s-1",
                                            "Mend the parser 修理",
                                            "/home/me/parser",
                                            NOW.minusSeconds(90),
                                            12,
                                            "$0.12",
                                            "openai/gpt-5",
                                            "")),
                            kind == Place.Kind.ALL_SESSIONS,
                            NOW);
            case SLOTS ->
                    SlotsBoard.of(
                            List.of(
                                    FakeSlots.slot("chat", "serving", "qwen3-8b", 0, "", ""),
                                    FakeSlots.slot(
                                            "img",
                                            "error",
                                            null,
                                            0,
                                            "slots/img.toml:4: slot.image: there is no image"
                                                    + " \"sd\"",
                                            "slot.config_error")),
                            FakeSlots.gpu("llm"));
            default -> Content.of(List.of(), null);
        };
    }

    private static VirtualScreen drawn(UiState state, Size size, Theme theme) {
        VirtualScreen screen = new VirtualScreen(size);
        screen.write(new FrameWriter(false).write(ScreenView.draw(state, theme)));
        return screen;
    }

    private static Theme theme(Palette palette, ColorDepth depth) {
        return Theme.of(palette, depth);
    }

    @ParameterizedTest
    @EnumSource
    void looksAsItDidAtEverySize(Shown shown) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Size size : SIZES) {
            String text =
                    drawn(shown.at(size), size, theme(Palettes.plain(false), ColorDepth.TRUE))
                            .text();
            assertThat(text).contains(shown.chosen);
            assertThat(text.lines().filter(line -> line.startsWith("│")))
                    .allMatch(line -> line.endsWith("│"));
            all.append(text);
        }
        Path file =
                GOLDENS.resolve("every-%s.screen".formatted(shown.name().toLowerCase(Locale.ROOT)));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, all);
        }
        assertThat(all.toString()).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource
    void noThemeChangesAWordAndEachShowsWhatIsChosen(Shown shown) {
        Size size = new Size(80, 24);
        UiState state = shown.at(size);
        Theme usual = theme(Palettes.plain(false), ColorDepth.TRUE);
        String text = drawn(state, size, usual).text();
        for (Palette palette : new Palettes(null).all().palettes()) {
            Stream.of(ColorDepth.values())
                    .forEach(depth -> {
                        VirtualScreen screen = drawn(state, size, theme(palette, depth));
                        assertThat(screen.text()).isEqualTo(text);
                        if (!shown.chosen.isEmpty() && shown != Shown.NAMING) {
                            assertThat(screen.lookOf(shown.chosen))
                                    .as("%s at %s", palette.name(), depth)
                                    .isNotEmpty()
                                    .matches(".*\\b(7|4[0-8].*|10[0-7])\\b.*");
                        }
                    });
        }
    }
}
