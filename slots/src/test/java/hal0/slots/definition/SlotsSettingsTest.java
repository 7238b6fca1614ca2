package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.testing.KnownKeys;
import hal0.slots.definition.Definitions.PortRange;
import hal0.slots.definition.SlotSpec.RuntimeName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsSettingsTest {
    private static final List<Section<?>> SECTIONS =
            List.of(SlotsSettings.SECTION, GpuSettings.SECTION);

    private static Settings read(String text) {
        return Settings.of("config.toml", text, SECTIONS);
    }

    @Test
    void defaultsAreThoseOfTheContract() {
        Settings settings = read("");
        assertThat(settings.get(SlotsSettings.SECTION))
                .isEqualTo(
                        new SlotsSettings(
                                RuntimeName.AUTO,
                                new PortRange(8081, 8099),
                                Duration.ofSeconds(300),
                                Duration.ZERO,
                                8192,
                                Duration.ofSeconds(600),
                                Duration.ofSeconds(120),
                                100));
        assertThat(settings.get(GpuSettings.SECTION))
                .isEqualTo(new GpuSettings(false, Duration.ofMinutes(60)));
    }

    @Test
    void everyKeyIsMappedAndChangesItsDefault() {
        Map<String, String> other =
                Map.of(
                        "slots.runtime", "\"process\"",
                        "slots.port_range_start", "8090",
                        "slots.port_range_end", "9000",
                        "slots.idle_timeout_s", "1",
                        "slots.unload_after_s", "2",
                        "slots.evict_pressure_mb", "3",
                        "slots.load_timeout_s", "4",
                        "slots.drain_timeout_s", "5",
                        "slots.queue_limit", "6",
                        "gpu.exclusive_groups", "true");
        Set<String> known = new HashSet<>(KnownKeys.of(SlotsSettings.SECTION, ""));
        known.addAll(KnownKeys.of(GpuSettings.SECTION, ""));
        known.remove("gpu.idle_restore_minutes");
        assertThat(other.keySet()).isEqualTo(known);
        Set<String> seen = new HashSet<>();
        other.forEach((key, value) -> {
            Settings settings = read(key + " = " + value + "\n");
            assertThat(settings.problems()).as(key).isEmpty();
            String read =
                    settings.get(SlotsSettings.SECTION) + " " + settings.get(GpuSettings.SECTION);
            assertThat(read).as(key).isNotEqualTo(SlotsSettings.USUAL + " " + GpuSettings.USUAL);
            assertThat(seen.add(read)).as(key).isTrue();
        });
        assertThat(read("gpu.idle_restore_minutes = 5").get(GpuSettings.SECTION).idleRestore())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    slots.runtime = "dokcer"           | config.toml:1: slots.runtime: "dokcer" is not one of
                    slots.port_range_start = 0         | config.toml:1: slots.port_range_start
                    slots.port_range_end = 8000        | config.toml:1: slots.port_range_end: the range of ports ends (8000) before it begins (8081)
                    slots.port_range_start = 9000      | config.toml:1: slots.port_range_start: the range of ports ends (8099) before it begins (9000)
                    slots.load_timeout_s = 0           | config.toml:1: slots.load_timeout_s
                    slots.queue_limit = -1             | config.toml:1: slots.queue_limit
                    slots.evict_pressure_mb = "8 GB"   | config.toml:1: slots.evict_pressure_mb
                    slots.idle_timeout = 3             | config.toml:1: slots.idle_timeout
                    gpu.exclusive_groups = 1           | config.toml:1: gpu.exclusive_groups
                    gpu.idle_restore_minutes = -1      | config.toml:1: gpu.idle_restore_minutes
                    """)
    void wrongValueIsReportedAtItsPlace(String line, String problem) {
        assertThat(read(line).problems()).singleElement().asString().startsWith(problem);
    }
}
