package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.control.ControlPlane;
import hal0.tui.state.Active;
import hal0.tui.state.Earlier;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Size;
import hal0.tui.theme.Palettes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Themes as a user chooses them.
class ThemeTest {
    @TempDir Path folder;
    private Path config;
    private Path themes;

    @BeforeEach
    void writeConfig() throws IOException {
        config = folder.resolve("config.toml");
        Files.writeString(config, "# mine\n[tui]\nmouse = false # no\n");
        themes = Files.createDirectory(folder.resolve("themes"));
    }

    private Pilot pilot(String theme) {
        Services services =
                new Services(
                        new FakeConversation((_, _, _) -> {}),
                        () -> new FakeControl(new ControlPlane.Active("openai", "gpt-5")),
                        List::of,
                        new Active("openai", "gpt-5", false, null),
                        new UiState.About("0.1.0", config.toString()),
                        new Services.Look(
                                TuiSettings.USUAL.withTheme(theme),
                                Map.of("TERM", "xterm-256color", "COLORTERM", "truecolor"),
                                new Palettes(themes)),
                        folder.resolve("history"),
                        _ -> {},
                        new ScreenApprover(),
                        Earlier.NOTHING,
                        Past.NONE,
                        Surroundings.NONE);
        Pilot pilot = new Pilot(new Size(80, 24), new FakeConversation((_, _, _) -> {}), services);
        pilot.await("relay :8080");
        return pilot;
    }

    @Test
    void aThemeIsLookedAtBeforeItIsTakenAndEscGoesBack() throws IOException {
        try (Pilot pilot = pilot("dark")) {
            String before = pilot.screen().lookOf("Ask anything");
            pilot.type("\u0014");
            pilot.await("for a light background");
            pilot.type("\u001b[B");
            pilot.screen()
                    .await("a light look", _ -> !pilot.screen().lookOf("dark").equals(before));
            pilot.type("\u001b");
            pilot.awaitNot("for a light background");
            assertThat(pilot.screen().lookOf("Ask anything")).isEqualTo(before);
            assertThat(config).content().doesNotContain("theme");
        }
    }

    @Test
    void theThemeThatIsTakenIsKeptAndTheCommentsToo() {
        try (Pilot pilot = pilot("dark")) {
            String before = pilot.screen().lookOf("Ask anything");
            pilot.type("\u0014");
            pilot.await("for a light background");
            pilot.type("ember\r");
            pilot.awaitNot("for a light background");
            assertThat(pilot.screen().lookOf("Ask anything")).isNotEqualTo(before);
            pilot.screen().await("the file", _ -> read(config).contains("theme = \"ember\""));
            assertThat(config).content().contains("# mine\n", "mouse = false # no\n");
        }
    }

    @Test
    void aThemeIsTakenByItsNameAndOneThatIsWrongIsToldByItsLine() throws IOException {
        Files.writeString(themes.resolve("mine.toml"), "placeholder = \"#123456\"\n");
        Files.writeString(themes.resolve("bad.toml"), "light = false\naccent = \"blau\"\n");
        try (Pilot pilot = pilot("dark")) {
            pilot.type("/theme mine\r");
            pilot.screen().await("my look", _ -> pilot.screen().lookOf("Ask").contains("18;52;86"));
            pilot.type("/theme bad\r");
            pilot.await("bad.toml:2: accent: holds \"blau\"");
            pilot.type("/theme nope\r");
            pilot.await("there is no theme \"nope\"");
        }
    }

    @Test
    void aThemeThatCannotBeReadAtStartIsToldAndTheUsualIsShown() throws IOException {
        Files.writeString(themes.resolve("bad.toml"), "acent = \"blue\"\n");
        try (Pilot pilot = pilot("bad")) {
            pilot.await("Cannot use the theme bad");
            pilot.await("bad.toml:1");
        }
    }

    @Test
    void autoTakesWhatTheTerminalSaysOfItsBackground() {
        try (Pilot pilot = pilot("auto")) {
            String dark = pilot.screen().lookOf("Ask anything");
            pilot.type("\u001b]11;rgb:ffff/ffff/eeee\u001b\\");
            pilot.screen().await("light", _ -> !pilot.screen().lookOf("Ask anything").equals(dark));
            pilot.type("\u001b]11;rgb:00/00/00\u0007");
            pilot.screen().await("dark", _ -> pilot.screen().lookOf("Ask anything").equals(dark));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
