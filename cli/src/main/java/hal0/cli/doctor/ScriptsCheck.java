package hal0.cli.doctor;

import hal0.providers.Provider;
import hal0.providers.http.Transport;
import hal0.providers.script.LuaScripts;
import hal0.providers.script.ScriptException;
import hal0.providers.script.ScriptFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whether each of the user's provider scripts loads.
record ScriptsCheck(Path folder, List<Provider> declared, Transport transport) implements Check {
    @Override
    public String id() {
        return "script";
    }

    @Override
    public List<Row> rows() {
        ScriptFiles.Found found = new ScriptFiles(folder).own();
        List<Row> rows = new ArrayList<>();
        found.problems()
                .forEach(problem -> rows.add(Row.warn("script", problem, "rename or remove it")));
        for (String name : found.names()) {
            rows.add(loaded(name));
        }
        return rows;
    }

    private Row loaded(String name) {
        String id = "script." + name;
        Path file = folder.resolve(name + ".lua");
        try {
            List<String> warnings = LuaScripts.check(file, addressFor(name), transport).warnings();
            return warnings.isEmpty()
                    ? Row.pass(id, "providers/%s.lua loads".formatted(name))
                    : Row.warn(id, String.join("; ", warnings), "edit " + file);
        } catch (ScriptException e) {
            return Row.fail(
                    id, e.getMessage(), "edit it and try: hal0 providers script check " + file);
        }
    }

    /// What its `config.url` will be.
    private String addressFor(String name) {
        return declared.stream()
                .filter(provider ->
                        provider.script() != null
                                && provider.script().type().equals(name)
                                && !"script".equals(provider.baseUrl().getScheme()))
                .map(provider -> provider.baseUrl().toString())
                .findFirst()
                .orElse("");
    }
}
