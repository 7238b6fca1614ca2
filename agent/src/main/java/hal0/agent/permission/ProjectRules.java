package hal0.agent.permission;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.config.TableReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a project's own `.hal0.toml` says: limits and a look, and rules that only take away.
///
/// **Shape** null where it says nothing. `problems` name what is wrong and what is ignored: a
/// cloned repository must not loosen anything. Where its rules cannot be read it asks about
/// everything.
public record ProjectRules(
        @Nullable Mode mode,
        boolean sandbox,
        @Nullable Long maxTurns,
        @Nullable Double compactAt,
        @Nullable Boolean compact,
        @Nullable String theme,
        List<Rule> ask,
        List<Rule> deny,
        List<ConfigProblem> problems) {
    /// Its name in the root of a project.
    public static final String FILE = ".hal0.toml";

    private static final String IGNORED = "a project may not set this; it is ignored";
    private static final String FIX = "set it in your own config.toml";
    private static final Section<AgentTable> AGENT = section("agent", ProjectRules::agent);
    private static final Section<RuleLists> RULES =
            section(PermissionSection.NAME, ProjectRules::lists);
    private static final Section<Theme> THEME = section("tui", ProjectRules::theme);

    /// Tables of the user's configuration that a project has no say in.
    private static final List<String> OTHERS =
            List.of(
                    "active",
                    "providers",
                    "provider",
                    "route",
                    "relay",
                    "dispatcher",
                    "slots",
                    "capabilities",
                    "gpu",
                    "store",
                    "budget",
                    "hooks",
                    "models",
                    "mcp");

    private record AgentTable(
            @Nullable Mode mode,
            boolean sandbox,
            @Nullable Long maxTurns,
            @Nullable Double compactAt,
            @Nullable Boolean compact) {}

    private record RuleLists(List<Rule> ask, List<Rule> deny) {}

    private record Theme(@Nullable String name) {}

    private record Ignored() {}

    public ProjectRules {
        ask = List.copyOf(ask);
        deny = List.copyOf(deny);
        problems = List.copyOf(problems);
    }

    /// Reads the file in this folder; a missing one says nothing.
    public static ProjectRules read(Path folder) {
        List<Section<?>> sections = new ArrayList<>(List.of(AGENT, RULES, THEME));
        for (String name : OTHERS) {
            sections.add(section(name, ProjectRules::ignored));
        }
        Settings settings = Settings.read(folder.resolve(FILE), sections);
        AgentTable agent = settings.get(AGENT);
        RuleLists lists = settings.get(RULES);
        boolean doubtful =
                settings.problems().stream()
                        .anyMatch(p ->
                                p.severity() == ConfigProblem.Severity.ERROR
                                        && (p.key().isEmpty()
                                                || p.key().startsWith(PermissionSection.NAME)));
        return new ProjectRules(
                agent.mode,
                agent.sandbox,
                agent.maxTurns,
                agent.compactAt,
                agent.compact,
                settings.get(THEME).name,
                doubtful ? askAll() : lists.ask,
                lists.deny,
                settings.problems());
    }

    /// The mode where the user chose `own`: a project's only where it does less.
    public Mode stricter(Mode own) {
        return mode == null ? own : ModeNames.stricter(own, mode);
    }

    /// The user's rules with those of the project.
    public Rules stricter(Rules own) {
        return own.stricter(ask, deny);
    }

    private static List<Rule> askAll() {
        return RuleKind.words().stream().map(Rule::parse).toList();
    }

    private static AgentTable agent(TableReader table) {
        return new AgentTable(
                table.has("mode") ? table.choice("mode", Mode.PLAN, ModeNames.words()) : null,
                table.bool("sandbox", false),
                table.has("max_turns") ? table.integer("max_turns", 64, 1, 10_000) : null,
                table.numberOrNull("compact_at", 0),
                table.has("compact") ? table.bool("compact", true) : null);
    }

    private static RuleLists lists(TableReader table) {
        if (table.has("allow")) {
            table.warning("allow", IGNORED, "a project's rules only ask or deny");
        }
        return new RuleLists(
                PermissionSection.rules(table, "ask"), PermissionSection.rules(table, "deny"));
    }

    private static Theme theme(TableReader table) {
        return new Theme(table.stringOrNull("theme"));
    }

    private static Ignored ignored(TableReader table) {
        if (table.isPresent()) {
            table.warning(null, IGNORED, FIX);
            table.acceptAll();
        }
        return new Ignored();
    }

    private static <T> Section<T> section(String name, Function<TableReader, T> read) {
        return new Section<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public T read(TableReader table) {
                return read.apply(table);
            }
        };
    }
}
