package hal0.tui.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.config.ConfigException;
import hal0.home.config.Settings;
import hal0.tui.text.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PalettesTest {
    @TempDir Path folder;

    @Test
    void textOfEveryThemeCanBeReadOnItsBackground() {
        for (Palette palette : new Palettes(folder).all().palettes()) {
            for (Role role : Role.values()) {
                readable(palette, role.name(), palette.of(role), 4.5);
            }
            for (Part part : Part.values()) {
                boolean line = part == Part.RULE || part == Part.BORDER;
                readable(palette, part.name(), palette.of(part), line ? 1.5 : 4.5);
            }
        }
    }

    private static void readable(Palette palette, String what, Paint paint, double least) {
        Integer on = paint.on();
        Integer rgb = paint.rgb();
        if (rgb != null) {
            assertThat(contrast(rgb, on == null ? palette.background() : on))
                    .as(palette.name() + " " + what)
                    .isGreaterThanOrEqualTo(least);
        }
    }

    /// **Source** https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio (read 2026-11-22)
    private static double contrast(int one, int other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff)
                + 0.7152 * linear(rgb >> 8 & 0xff)
                + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    @Test
    void oursAreReadByTheirLinesAsTheReaderOfTomlReadsThem() {
        for (String name : Palettes.ownNames()) {
            String text = Palettes.text(name + ".toml");
            PaletteSection section = new PaletteSection(name, Palettes::plain);
            assertThat(OwnTheme.read(name, text))
                    .isEqualTo(
                            Settings.of(name + ".toml", text, List.of(section))
                                    .orThrow()
                                    .get(section));
        }
    }

    @Test
    void thereAreTenAndEachSaysWhatItIsMadeFor() {
        assertThat(new Palettes(folder).all().palettes())
                .hasSize(10)
                .allMatch(p -> p.light() == luminance(p.background()) > 0.5)
                .extracting(Palette::name)
                .startsWith("dark", "light");
    }

    @Test
    void aFileOfTheUsersIsAThemeAndLeavesTheRestAsItIs() throws IOException {
        Files.writeString(
                folder.resolve("mine.toml"), "accent = \"#ff8800 yellow bold\" # orange\n");
        Palette mine = new Palettes(folder).named("mine");
        assertThat(mine.of(Role.ACCENT)).isEqualTo(Paint.parse("#ff8800 yellow bold"));
        assertThat(mine.of(Role.LINK)).isEqualTo(Palettes.plain(false).of(Role.LINK));
        assertThat(new Palettes(folder).all().palettes()).contains(mine).hasSize(11);
    }

    @Test
    void aFileThatIsWrongIsToldByItsLineAndTheOthersStay() throws IOException {
        Files.writeString(
                folder.resolve("bad.toml"), "light = false\naccnet = \"red\"\ncode = \"#12\"\n");
        Palettes palettes = new Palettes(folder);
        assertThatThrownBy(() -> palettes.named("bad"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bad.toml:2")
                .hasMessageContaining("did you mean \"accent\"?")
                .hasMessageContaining("bad.toml:3")
                .hasMessageContaining("#rrggbb");
        Palettes.Found found = palettes.all();
        assertThat(found.palettes()).hasSize(10);
        assertThat(found.problems()).hasSize(2).allMatch(p -> p.startsWith("bad.toml:"));
    }

    @Test
    void aThemeThatThereIsNotIsToldWithThoseThatThereAre() {
        assertThatThrownBy(() -> new Palettes(folder).named("../secret"))
                .hasMessageContaining("there is no theme \"../secret\"")
                .hasMessageContaining("midnight");
    }

    @Test
    void aTerminalOf16ColoursShowsTheHueThatIsNearest() throws IOException {
        Files.writeString(
                folder.resolve("hues.toml"), "error = \"#e05050\"\nadded = \"#50c060\"\n");
        Palette hues = new Palettes(folder).named("hues");
        assertThat(hues.of(Role.ERROR).nearest().name()).isEqualTo("RED");
        assertThat(hues.of(Role.ADDED).nearest().name()).isEqualTo("GREEN");
    }

    @Test
    void theExampleOfAThemeCanBeUsed() {
        Palettes examples = new Palettes(Path.of("../config-examples/themes"));
        assertThat(examples.all().problems()).isEmpty();
        assertThat(examples.all().palettes()).extracting(Palette::name).contains("mine");
    }
}
