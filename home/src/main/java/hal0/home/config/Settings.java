package hal0.home.config;

import hal0.home.config.ConfigProblem.Severity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// What one configuration file says, as the records of its sections.
///
/// **Shape** an immutable snapshot. A missing file is an empty one. When the file is not TOML at
/// all, every section has its defaults and the problems say where it breaks. **Errors** none are
/// thrown: all problems are in `problems`, in the order of the file, and with one of severity ERROR
/// the snapshot is not `usable`. **Threads** any.
public final class Settings {
    private final Map<Section<?>, Object> values;
    private final List<ConfigProblem> problems;
    private final List<Setting> settings;

    private Settings(
            Map<Section<?>, Object> values, List<ConfigProblem> problems, List<Setting> settings) {
        this.values = values;
        this.problems = List.copyOf(problems);
        this.settings = List.copyOf(settings);
    }

    public static Settings read(Path file, List<Section<?>> sections) {
        Findings findings = new Findings(String.valueOf(file.getFileName()));
        String text = TomlFile.text(file, findings);
        return of(text, sections, findings);
    }

    /// Like `read`, of a text; `fileName` is what problems call it.
    public static Settings of(String fileName, String text, List<Section<?>> sections) {
        return of(text, sections, new Findings(fileName));
    }

    private static Settings of(
            @Nullable String text, List<Section<?>> sections, Findings findings) {
        TomlTable root = text == null ? null : TomlFile.parsed(text, findings);
        TomlNode top = TomlNode.root(findings, root);
        Map<Section<?>, Object> values = new HashMap<>();
        for (Section<?> section : sections) {
            TomlNode node = section.name().isEmpty() ? top : top.section(section.name());
            values.put(section, section.read(new TomlTableReader(node)));
        }
        top.reportUnknown(findings.settings());
        return new Settings(values, findings.problems(), List.copyOf(findings.settings()));
    }

    /// The record of a section.
    ///
    /// **Errors** [IllegalArgumentException] when this file was read without that section.
    public <T> T get(Section<T> section) {
        Object value = values.get(section);
        if (value == null) {
            throw new IllegalArgumentException("section %s was not read".formatted(section.name()));
        }
        // The map is filled in one place, with what this very section returned.
        @SuppressWarnings("unchecked")
        T own = (T) value;
        return own;
    }

    public List<ConfigProblem> problems() {
        return problems;
    }

    /// No error; warnings are fine.
    public boolean usable() {
        return problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
    }

    /// This snapshot, when it is usable.
    ///
    /// **Errors** [ConfigException] with all problems.
    public Settings orThrow() {
        if (!usable()) {
            throw new ConfigException(problems);
        }
        return this;
    }

    /// Every known key, set or not, in the order of the sections.
    public List<Setting> settings() {
        return settings;
    }
}
