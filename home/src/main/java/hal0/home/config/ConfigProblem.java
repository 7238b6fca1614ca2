package hal0.home.config;

/// Something in a file that is wrong, and where.
///
/// **Shape** `line` and `column` count from 1, 0 when unknown; `key` is the dotted path, empty for
/// the whole file; `fix` says what to do, empty when the message says it all.
public record ConfigProblem(
        Severity severity,
        String file,
        int line,
        int column,
        String key,
        String message,
        String fix) {

    public enum Severity {
        ERROR,
        WARNING
    }

    /// `config.toml:12: providers.groq.auth_style: "baerer" is not one of … (did you mean
    /// "bearer"?)`
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!key.isEmpty()) {
            text.append(key).append(": ");
        }
        text.append(message);
        if (!fix.isEmpty()) {
            text.append(" (").append(fix).append(')');
        }
        return text.toString();
    }
}
