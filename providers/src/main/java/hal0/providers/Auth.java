package hal0.providers;

/// How a key is sent.
public sealed interface Auth {
    /// `Authorization: Bearer KEY`.
    record Bearer() implements Auth {}

    /// `Authorization: Bearer KEY` where a key is set, nothing where none is.
    record BearerIfSet() implements Auth {}

    /// `x-api-key: KEY` and `anthropic-version`.
    record Anthropic() implements Auth {}

    /// `x-api-key: KEY`.
    record XApiKey() implements Auth {}

    /// A header of the user's naming.
    record Header(String name) implements Auth {}

    /// `?key=KEY` in the URL.
    record GoogleQuery() implements Auth {}

    record None() implements Auth {}
}
