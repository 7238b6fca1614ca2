package hal0.tui;

import hal0.home.config.TomlEdit;
import hal0.tui.state.Effect;
import hal0.tui.state.UiEvent;
import hal0.tui.terminal.Background;
import hal0.tui.theme.Palette;
import hal0.tui.theme.Palettes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// Reads themes, and keeps the one that was chosen.
///
/// **Threads** any but the UI thread, but for [#first].
final class ThemeDesk {
    private static final System.Logger LOG = System.getLogger(ThemeDesk.class.getName());

    private final Services.Look look;
    private final Path configFile;
    private final Runnable reread;
    private final Consumer<UiEvent> sink;

    ThemeDesk(Services.Look look, Path configFile, Runnable reread, Consumer<UiEvent> sink) {
        this.look = look;
        this.reread = reread;
        this.configFile = configFile;
        this.sink = sink;
    }

    /// What the first frame is drawn with; [#check] says what was wrong with the theme that is
    /// configured when it is not this one.
    static Palette first(Services.Look look) {
        String name = look.settings().theme();
        if (name.equals(Palettes.AUTO)) {
            return Palettes.plain(Background.isLight(look.environment()));
        }
        try {
            return look.palettes().named(name);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "theme " + name + " cannot be used", e);
            return Palettes.plain(Background.isLight(look.environment()));
        }
    }

    void check() {
        String name = look.settings().theme();
        if (name.equals(Palettes.AUTO)) {
            return;
        }
        try {
            var _ = look.palettes().named(name);
        } catch (RuntimeException e) {
            sink.accept(new UiEvent.Refused("Cannot use the theme " + name, Worker.message(e)));
        }
    }

    void run(Effect.Theming theming) {
        try {
            switch (theming) {
                case Effect.LoadThemes() -> {
                    Palettes.Found found = look.palettes().all();
                    sink.accept(new UiEvent.ThemesLoaded(found.palettes(), found.problems()));
                }
                case Effect.UseTheme(var name) -> {
                    sink.accept(new UiEvent.Themed(look.palettes().named(name)));
                    keep(name);
                }
                case Effect.KeepTheme(var name) -> keep(name);
                case Effect.FollowTerminal(var light) ->
                        sink.accept(new UiEvent.Themed(Palettes.plain(light)));
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot " + theming, e);
            sink.accept(new UiEvent.Refused(problem(theming), Worker.message(e)));
        }
    }

    private void keep(String name) {
        try {
            TomlEdit.set(configFile, Map.of("tui.theme", name));
            // A board of settings that is open shows which it is.
            sink.accept(new UiEvent.Altered("the theme is " + name, false));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "it is used until hal0 is left, but %s cannot be written: %s"
                            .formatted(configFile, e.getMessage()),
                    e);
        }
        // Read by us, it is not told to the user as an edit that came from outside.
        reread.run();
    }

    private static String problem(Effect.Theming theming) {
        return switch (theming) {
            case Effect.LoadThemes() -> "Cannot read the themes";
            case Effect.UseTheme(var name) -> "Cannot use the theme " + name;
            case Effect.KeepTheme(var name) -> "Cannot keep the theme " + name;
            case Effect.FollowTerminal _ -> "Cannot follow the terminal";
        };
    }
}
