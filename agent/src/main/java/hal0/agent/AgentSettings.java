package hal0.agent;

import hal0.agent.permission.Mode;
import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// `[agent]`: how much the agent does of its own accord and how far it goes.
///
/// **Shape** `maxTurns` are answers of the model in one turn of the user's; `compactAt` the part of
/// the context window at which older turns are summed up, unless `compact` is false; `sandbox` runs
/// the shell where it can write only the workspace and reaches no network.
public record AgentSettings(
        Mode mode, int maxTurns, double compactAt, boolean compact, boolean sandbox) {
    public static final AgentSettings USUAL =
            new AgentSettings(Mode.ASK, Limits.USUAL.answers(), 0.8, true, false);

    public static final Section<AgentSettings> SECTION = new AgentSection();

    private static final int MOST_TURNS = 10_000;
    private static final double LEAST_COMPACT_AT = 0.1;

    /// The limits of a turn; what it may cost is `[budget]`'s.
    public Limits limits() {
        return new Limits(maxTurns, null);
    }

    public Compaction compaction() {
        return compact ? new Compaction(compactAt) : Compaction.OFF;
    }

    /// The modes as they are written.
    public static Map<String, Mode> modes() {
        Map<String, Mode> words = new LinkedHashMap<>();
        for (Mode mode : Mode.values()) {
            words.put(mode.name().toLowerCase(Locale.ROOT), mode);
        }
        return words;
    }

    private static final class AgentSection implements Section<AgentSettings> {
        @Override
        public String name() {
            return "agent";
        }

        @Override
        public AgentSettings read(TableReader table) {
            return new AgentSettings(
                    table.choice("mode", USUAL.mode, modes()),
                    (int) table.integer("max_turns", USUAL.maxTurns, 1, MOST_TURNS),
                    compactAt(table),
                    table.bool("compact", USUAL.compact),
                    table.bool("sandbox", USUAL.sandbox));
        }

        private static double compactAt(TableReader table) {
            double at = table.number("compact_at", USUAL.compactAt, LEAST_COMPACT_AT);
            if (at > 1) {
                table.problem(
                        "compact_at",
                        "is the number %s, but must be a part of the context window, from 0.1 to 1"
                                .formatted(at),
                        "for example compact_at = 0.8");
                return USUAL.compactAt;
            }
            return at;
        }
    }
}
