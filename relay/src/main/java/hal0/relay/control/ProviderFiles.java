package hal0.relay.control;

import hal0.home.Home;
import hal0.home.Secrets;
import hal0.home.config.TomlSource;
import hal0.providers.config.Declared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The files of a home that declare providers, and their keys.
///
/// **Threads** any.
public interface ProviderFiles {

    Home home();

    Secrets secrets();

    /// Every declaration with its place, in order of precedence, usable or not.
    List<Declared> declared();

    /// The id of the provider in the old single `[provider]` table, where that is in use.
    Optional<String> oldId();

    /// How the text of one of the files declares a provider.
    Optional<Declared> in(TomlSource source, String id);

    /// Changes a file in one write, unless that would bring an error that is not there yet; then
    /// nothing is written. It takes effect here at once. `change` is asked again when somebody else
    /// changes the file meanwhile.
    ///
    /// **Errors** [ConfigException] with what the change would make wrong, [IOException] when the
    /// file cannot be written.
    void change(Path file, UnaryOperator<TomlSource> change) throws IOException;

    /// **Errors** [ConfigException] with what a change of a file would make wrong.
    void requireNothingNewWrong(TomlSource before, TomlSource after);
}
