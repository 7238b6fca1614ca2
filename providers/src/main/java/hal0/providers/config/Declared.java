package hal0.providers.config;

import hal0.home.config.ConfigProblem;
import hal0.home.config.TomlEdit;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.List;

/// One provider as a file declares it, and where.
///
/// **Shape** `path` is that of its table, such as `providers.groq` or `upstream[2]`; `line` counts
/// from 1. With problems of severity error in its table it is `WRONG`, or, where an earlier reading
/// of the same file had it right, `KEPT` with what that said.
public record Declared(String file, String path, int line, Provider provider, State state) {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    /// How far a declaration can be used.
    public enum State {
        GOOD,
        KEPT,
        WRONG
    }

    static Declared in(String file, String path, int line, Provider provider) {
        return new Declared(file, path, line, provider, State.GOOD);
    }

    public String id() {
        return provider.id();
    }

    /// Such as `config.toml:12`.
    public String origin() {
        return line == 0 ? file : file + ":" + line;
    }

    /// Whether the file is `config.toml`, where tables have names.
    public boolean isNamed() {
        return path.equals(TomlEdit.path("providers", id()));
    }

    /// Those of `problems` that are within this table.
    public List<ConfigProblem> problemsIn(List<ConfigProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.file().equals(file) && isWithin(problem.key(), path))
                .toList();
    }

    static boolean isWithin(String key, String table) {
        return key.equals(table) || key.startsWith(table + ".") || key.startsWith(table + "[");
    }

    /// What routing sees: a wrong declaration still owns its id, so that what was meant for it goes
    /// nowhere instead of to the preset or another file's provider of that name.
    public Provider usable() {
        return switch (state) {
            case GOOD, KEPT -> provider;
            case WRONG -> Provider.builder(id(), Protocol.OPENAI, NOWHERE).enabled(false).build();
        };
    }

    Declared kept(Provider lastGood) {
        return new Declared(file, path, line, lastGood, State.KEPT);
    }

    Declared wrong() {
        return new Declared(file, path, line, provider, State.WRONG);
    }
}
