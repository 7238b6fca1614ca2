package hal0.slots.definition;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.slots.definition.Definitions.PortRange;
import hal0.slots.definition.SlotSpec.RuntimeName;
import java.time.Duration;

/// The `[slots]` table: what holds for every slot whose own file does not say otherwise.
///
/// **Shape** an `unloadAfter` of zero: what is idle stays loaded. `queueLimit` is how many requests
/// may wait for one slot. **Units** `evictPressureMb` in MiB: as much of the machine's memory is
/// left free when slots that compute on the processor are loaded.
public record SlotsSettings(
        RuntimeName runtime,
        PortRange ports,
        Duration idleTimeout,
        Duration unloadAfter,
        long evictPressureMb,
        Duration loadTimeout,
        Duration drainTimeout,
        int queueLimit) {
    private static final long MAX_SECONDS = Duration.ofDays(365).toSeconds();

    /// What holds where nobody says anything.
    public static final SlotsSettings USUAL =
            new SlotsSettings(
                    RuntimeName.AUTO,
                    new PortRange(8081, 8099),
                    Duration.ofMinutes(5),
                    Duration.ZERO,
                    8192,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(2),
                    100);

    /// Reads the table.
    public static final Section<SlotsSettings> SECTION =
            new Section<>() {
                @Override
                public String name() {
                    return "slots";
                }

                @Override
                public SlotsSettings read(TableReader table) {
                    return new SlotsSettings(
                            table.choice(
                                    "runtime", USUAL.runtime(), Words.of(RuntimeName.values())),
                            SlotsSettings.ports(table),
                            seconds(table, "idle_timeout_s", USUAL.idleTimeout(), 0),
                            seconds(table, "unload_after_s", USUAL.unloadAfter(), 0),
                            table.integer(
                                    "evict_pressure_mb", USUAL.evictPressureMb(), 0, 1L << 30),
                            seconds(table, "load_timeout_s", USUAL.loadTimeout(), 1),
                            seconds(table, "drain_timeout_s", USUAL.drainTimeout(), 0),
                            (int) table.integer("queue_limit", USUAL.queueLimit(), 0, 100_000));
                }
            };

    private static PortRange ports(TableReader table) {
        int first = port(table, "port_range_start", USUAL.ports().first());
        int last = port(table, "port_range_end", USUAL.ports().last());
        if (last >= first) {
            return new PortRange(first, last);
        }
        // The one that is written is the one to look at.
        table.problem(
                table.has("port_range_end") ? "port_range_end" : "port_range_start",
                "the range of ports ends (%d) before it begins (%d)".formatted(last, first),
                "write both, such as port_range_start = %d and port_range_end = %d"
                        .formatted(USUAL.ports().first(), USUAL.ports().last()));
        return USUAL.ports();
    }

    private static int port(TableReader table, String key, int usual) {
        return (int) table.integer(key, usual, 1, 65_535);
    }

    private static Duration seconds(TableReader table, String key, Duration usual, long min) {
        return Duration.ofSeconds(table.integer(key, usual.toSeconds(), min, MAX_SECONDS));
    }
}
