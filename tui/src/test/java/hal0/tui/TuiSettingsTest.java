package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuiSettingsTest {
    private static Settings read(String text) {
        return Settings.of("config.toml", text, List.of(TuiSettings.SECTION));
    }

    @Test
    void everyKeyIsRead() {
        Settings settings =
                read(
                        """
                        [tui]
                        theme = "light"
                        mouse = false
                        vim = true
                        inline = true
                        notify = "bell"
                        """);
        assertThat(settings.problems()).isEmpty();
        assertThat(settings.get(TuiSettings.SECTION))
                .isEqualTo(new TuiSettings("light", false, true, true, TuiSettings.Notify.BELL));
    }

    @Test
    void wrongValuesAreNamedWithWhatWouldBeRight() {
        Settings settings = read("[tui]\ntheme = \"../x\"\nnotify = \"beep\"\nmose = true\n");
        assertThat(settings.get(TuiSettings.SECTION)).isEqualTo(TuiSettings.USUAL);
        assertThat(settings.problems())
                .extracting(Object::toString)
                .anyMatch(problem -> problem.startsWith("config.toml:2: tui.theme"))
                .anyMatch(problem -> problem.contains("auto, bell, off"))
                .anyMatch(problem -> problem.contains("\"mouse\""));
    }
}
