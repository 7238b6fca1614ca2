package hal0.home.config;

/// One key and what holds for it, for `hal0 config show`.
///
/// **Shape** `path` is dotted; `value` is TOML text, `***REDACTED***` for a secret and empty where
/// nothing is set and there is no default; `origin` is `config.toml:12` or `default`; `standard` is
/// what holds where nothing is set, empty for nothing.
public record Setting(String path, String value, String origin, Form form, String standard) {

    /// Whether it stands in a file.
    public boolean isSet() {
        return !origin.equals("default");
    }
}
