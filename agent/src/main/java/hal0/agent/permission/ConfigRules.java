package hal0.agent.permission;

import hal0.home.config.ConfigException;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.config.TableReader;
import hal0.home.config.TomlEdit;
import hal0.home.config.TomlSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes rules into `[permissions] allow` of a configuration file; all else in it stays as it is.
///
/// **Threads** any.
public record ConfigRules(Path file) implements RuleStore {

    @Override
    public void allow(Rule rule) throws IOException {
        TomlEdit.rewrite(file, source -> with(source, rule));
    }

    private static TomlSource with(TomlSource source, Rule rule) {
        AllowList section = new AllowList();
        Settings settings = Settings.of(source.file(), source.text(), List.of(section));
        List<String> allow = new ArrayList<>(settings.get(section));
        if (allow.contains(rule.text())) {
            return source;
        }
        boolean wrong =
                settings.problems().stream().anyMatch(p -> p.key().equals("permissions.allow"));
        if (wrong) {
            throw new ConfigException(settings.problems());
        }
        allow.add(rule.text());
        return source.with(Map.of("permissions.allow", allow));
    }

    /// The list as it is written, bad rules too: they are the user's to mend.
    private static final class AllowList implements Section<List<String>> {
        @Override
        public String name() {
            return PermissionSection.NAME;
        }

        @Override
        public List<String> read(TableReader table) {
            return table.strings("allow");
        }
    }
}
