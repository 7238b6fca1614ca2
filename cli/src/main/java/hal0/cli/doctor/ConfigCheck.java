package hal0.cli.doctor;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Setting;
import hal0.home.config.TomlBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every problem of the configuration files, with its line, and the new form of an old table.
record ConfigCheck(List<ConfigProblem> problems, List<Setting> settings) implements Check {
    private static final String OLD = "provider";

    @Override
    public String id() {
        return "config";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (ConfigProblem problem : problems) {
            boolean old = problem.key().equals(OLD) && problem.severity() == Severity.WARNING;
            rows.add(
                    Row.bad(
                            problem.severity() == Severity.ERROR,
                            "config",
                            place(problem) + problem.message(),
                            old ? newForm() : problem.fix()));
        }
        if (rows.isEmpty()) {
            rows.add(Row.pass("config", "no problems in the configuration files"));
        }
        return rows;
    }

    static String place(ConfigProblem problem) {
        return problem.file()
                + (problem.line() > 0 ? ":" + problem.line() : "")
                + ": "
                + (problem.key().isEmpty() ? "" : problem.key() + ": ");
    }

    /// What replaces the table; a key in it stays out, it belongs into api.env.
    private String newForm() {
        String id = value(OLD, "id").or(() -> value(OLD, "name")).orElse("custom");
        TomlBlock active = TomlBlock.table("active").set("provider", id);
        value(OLD, "model").ifPresent(model -> active.set("model", model));
        TomlBlock provider = TomlBlock.table("providers", id);
        for (String key : List.of("base_url", "api_key_env")) {
            value(OLD, key).ifPresent(text -> provider.set(key, text));
        }
        String chosen = value("active", "provider").isPresent() ? "" : active.toml();
        return "hal0 config migrate replaces the table by\n"
                + chosen
                + provider.toml().stripTrailing();
    }

    private Optional<String> value(String table, String key) {
        return settings.stream()
                .filter(setting -> setting.path().equals(table + "." + key))
                .map(Setting::value)
                .filter(value -> value.length() > 2 && value.startsWith("\""))
                .map(value -> value.substring(1, value.length() - 1))
                .findFirst();
    }
}
