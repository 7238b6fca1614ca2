package hal0.agent.context;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.config.TableReader;
import hal0.home.config.TomlEdit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One `agents/NAME.toml`, usable or not.
public record AgentFile(Path file, AgentDefinition agent, List<ConfigProblem> problems) {
    static final String SUFFIX = ".toml";
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    static final String NAME_RULE =
            "use lower-case letters, digits, - and _, beginning with a letter or digit";

    /// What stands in the file, without its name.
    private static final Section<AgentDefinition> TOP =
            new Section<>() {
                @Override
                public String name() {
                    return "";
                }

                @Override
                public AgentDefinition read(TableReader table) {
                    return definition(table);
                }
            };

    public AgentFile {
        problems = List.copyOf(problems);
    }

    public boolean usable() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    static AgentFile read(Path file) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        String label = "agents/" + fileName;
        List<ConfigProblem> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            String message = "\"%s\" cannot name an agent".formatted(name);
            problems.add(new ConfigProblem(Severity.ERROR, label, 0, 0, "", message, NAME_RULE));
        }
        Settings settings = Settings.read(file, List.of(TOP));
        settings.problems().forEach(problem -> problems.add(in(label, problem)));
        return new AgentFile(file, named(name, settings.get(TOP)), problems);
    }

    private static AgentDefinition definition(TableReader table) {
        TableReader rules = table.table("permissions");
        return new AgentDefinition(
                "",
                table.string("description", ""),
                table.string("provider", ""),
                table.string("model", ""),
                table.string("prompt", ""),
                table.has("tools") ? table.strings("tools") : null,
                new AgentDefinition.Rules(
                        rules.strings("allow"), rules.strings("ask"), rules.strings("deny")));
    }

    private static AgentDefinition named(String name, AgentDefinition read) {
        return new AgentDefinition(
                name,
                read.description(),
                read.provider(),
                read.model(),
                read.prompt(),
                read.tools(),
                read.permissions());
    }

    private static ConfigProblem in(String label, ConfigProblem problem) {
        return new ConfigProblem(
                problem.severity(),
                label,
                problem.line(),
                problem.column(),
                problem.key(),
                problem.message(),
                problem.fix());
    }

    /// The text of a file for that agent; a prompt of several lines stays readable.
    static String toml(AgentDefinition agent) {
        StringBuilder text = new StringBuilder();
        key(text, "description", agent.description());
        key(text, "provider", agent.provider());
        key(text, "model", agent.model());
        if (agent.tools() != null) {
            text.append("tools = ").append(list(agent.tools())).append('\n');
        }
        if (agent.prompt().contains("\n")) {
            text.append("prompt = \"\"\"\n").append(lines(agent.prompt())).append("\"\"\"\n");
        } else {
            key(text, "prompt", agent.prompt());
        }
        rules(text, agent.permissions());
        return text.toString();
    }

    private static void key(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(key).append(" = ").append(TomlEdit.quoted(value)).append('\n');
        }
    }

    private static void rules(StringBuilder text, AgentDefinition.Rules rules) {
        if (!rules.equals(AgentDefinition.Rules.NONE)) {
            text.append("\n[permissions]\n");
            rule(text, "allow", rules.allow());
            rule(text, "ask", rules.ask());
            rule(text, "deny", rules.deny());
        }
    }

    private static void rule(StringBuilder text, String key, List<String> rules) {
        if (!rules.isEmpty()) {
            text.append(key).append(" = ").append(list(rules)).append('\n');
        }
    }

    private static String list(List<String> texts) {
        return texts.stream().map(TomlEdit::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /// Each line as between quotes, where all that could end the text early is escaped.
    private static String lines(String prompt) {
        return Arrays.stream(prompt.split("\n", -1))
                .map(TomlEdit::quoted)
                .map(line -> line.substring(1, line.length() - 1))
                .collect(Collectors.joining("\n"));
    }
}
