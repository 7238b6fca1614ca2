package hal0.cli.config;

import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.config.TableReader;
import hal0.home.config.TomlBlock;
import hal0.home.config.TomlSource;
import hal0.providers.Presets;
import hal0.providers.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The old `[provider]` table in today's form: `[providers.ID]` and `[active]`.
///
/// **Shape** what today's tables say already stays. A key that stands in the file moves to
/// `api.env`, under `keyName`. Pure.
record Migration(TomlSource after, @Nullable String keyName, @Nullable String key) {

    @Override
    public String toString() {
        return "Migration[%s, %s]".formatted(after.file(), keyName);
    }

    private record Old(
            @Nullable String name,
            @Nullable String id,
            @Nullable String baseUrl,
            @Nullable String model,
            @Nullable String key,
            List<String> keyNames) {
        String providerId() {
            return id != null ? id : name != null ? name : "custom";
        }
    }

    private static final Section<Optional<Old>> OLD =
            new Section<>() {
                @Override
                public String name() {
                    return "provider";
                }

                @Override
                public Optional<Old> read(TableReader table) {
                    Old old =
                            new Old(
                                    table.stringOrNull("name"),
                                    table.stringOrNull("id"),
                                    table.stringOrNull("base_url"),
                                    table.stringOrNull("model"),
                                    table.stringOrNull("api_key"),
                                    table.stringOrStrings("api_key_env"));
                    return table.isPresent() ? Optional.of(old) : Optional.empty();
                }
            };

    private record Today(boolean active, List<String> declared) {}

    private static final Section<Boolean> ACTIVE =
            new Section<>() {
                @Override
                public String name() {
                    return "active";
                }

                @Override
                public Boolean read(TableReader table) {
                    return table.stringOrNull("provider") != null;
                }
            };

    private static final Section<List<String>> DECLARED =
            new Section<>() {
                @Override
                public String name() {
                    return "providers";
                }

                @Override
                public List<String> read(TableReader table) {
                    return List.copyOf(table.tables().keySet());
                }
            };

    /// Empty when there is no old table.
    static Optional<Migration> of(TomlSource source, Presets presets) {
        Settings read = Settings.of(source.file(), source.text(), List.of(OLD, ACTIVE, DECLARED));
        Today today = new Today(read.get(ACTIVE), read.get(DECLARED));
        return read.get(OLD).map(old -> of(source, old, today, presets));
    }

    private static Migration of(TomlSource source, Old old, Today today, Presets presets) {
        String id = old.providerId();
        boolean declares = !today.declared().contains(id);
        @Nullable String key =
                declares && old.key() != null && !old.key().isBlank() ? old.key() : null;
        @Nullable String keyName = key == null ? null : keyName(old, presets);
        StringBuilder tables = new StringBuilder();
        if (!today.active()) {
            tables.append(
                    TomlBlock.table("active").set("provider", id).set("model", old.model()).toml());
        }
        if (declares) {
            tables.append(tables.isEmpty() ? "" : "\n").append(declaration(old, keyName, presets));
        }
        TomlSource rest = source.without("provider");
        return new Migration(
                tables.isEmpty() ? rest : rest.followedBy(tables.toString()), keyName, key);
    }

    private static String declaration(Old old, @Nullable String keyName, Presets presets) {
        String id = old.providerId();
        TomlBlock table = TomlBlock.table("providers", id);
        boolean isPreset = presets.find(id).isPresent();
        if (old.baseUrl() == null && old.keyNames().isEmpty() && keyName == null && isPreset) {
            table.set("enabled", true);
        }
        List<String> names =
                old.keyNames().isEmpty() && keyName != null ? List.of(keyName) : old.keyNames();
        return table.set("base_url", old.baseUrl())
                .set("api_key_env", names.size() == 1 ? names.getFirst() : orNull(names))
                .toml();
    }

    private static @Nullable List<String> orNull(List<String> names) {
        return names.isEmpty() ? null : names;
    }

    /// The variable that the file names, the preset's, or one made of the id.
    private static String keyName(Old old, Presets presets) {
        if (!old.keyNames().isEmpty()) {
            return old.keyNames().getFirst();
        }
        String id = old.providerId();
        List<String> usual = presets.find(id).map(Provider::keyNames).orElse(List.of());
        if (!usual.isEmpty()) {
            return usual.getFirst();
        }
        String plain = id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        return (plain.matches("[A-Z].*") ? plain : "HAL0_" + plain) + "_API_KEY";
    }
}
