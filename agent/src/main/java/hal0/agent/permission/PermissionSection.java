package hal0.agent.permission;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.ArrayList;
import java.util.List;

/// `[permissions]` of `config.toml`: the lists `allow`, `ask` and `deny` of [Rule]s.
///
/// **Shape** a rule that cannot be read is a problem and left out.
public final class PermissionSection implements Section<Rules> {
    public static final PermissionSection SECTION = new PermissionSection();

    static final String NAME = "permissions";

    private PermissionSection() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rules read(TableReader table) {
        return Rules.of(rules(table, "allow"), rules(table, "ask"), rules(table, "deny"));
    }

    static List<Rule> rules(TableReader table, String key) {
        List<Rule> rules = new ArrayList<>();
        for (String text : table.strings(key)) {
            try {
                rules.add(Rule.parse(text));
            } catch (IllegalArgumentException e) {
                table.problem(
                        key, String.valueOf(e.getMessage()), "such as \"shell(git status*)\"");
            }
        }
        return rules;
    }
}
