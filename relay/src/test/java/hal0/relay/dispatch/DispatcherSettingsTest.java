package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherSettingsTest {
    private static Settings read(String keys) {
        return Settings.of(
                "config.toml", "[dispatcher]\n" + keys, List.of(DispatcherSettings.SECTION));
    }

    @Test
    void whatIsWrittenDownIsRead() {
        assertThat(
                        read("""
                        prefetch_timeout_s = 1.5
                        prefetch_parallel_cap = 9
                        wait_for_load_s = 2.5
                        unknown_model = "error"
                        """)
                                .get(DispatcherSettings.SECTION))
                .isEqualTo(
                        new DispatcherSettings(
                                Duration.ofMillis(1500), 9, Duration.ofMillis(2500), false));
        assertThat(read("").get(DispatcherSettings.SECTION))
                .isEqualTo(
                        new DispatcherSettings(
                                Duration.ofSeconds(8), 4, Duration.ofSeconds(10), true))
                .isEqualTo(DispatcherSettings.USUAL);
    }

    @Test
    void whatHasNoEffectYetIsSaidAndTheContractsDefaultsAreSilent() {
        assertThat(
                        read("""
                        prefetch_timeout_s = 8.0
                        prefetch_parallel_cap = 4
                        wait_for_load_s = 10
                        unknown_model = "chat-slot"
                        """)
                                .problems())
                .isEmpty();
        Settings other = read("prefetch_timeout_s = 60\nwait_for_load_s = 1");
        assertThat(other.usable()).isTrue();
        assertThat(other.problems())
                .extracting(ConfigProblem::key)
                .containsExactly("dispatcher.prefetch_timeout_s");
        assertThat(read("unknown_model = \"eror\"").problems())
                .singleElement()
                .asString()
                .contains("did you mean \"error\"");
    }
}
