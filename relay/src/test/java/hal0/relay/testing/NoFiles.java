package hal0.relay.testing;

import hal0.home.Home;
import hal0.home.Secrets;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Setting;
import hal0.home.config.TomlSource;
import hal0.providers.config.Declared;
import hal0.relay.control.Configured;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A home without files: the tests of this module declare their providers in memory.
final class NoFiles implements Configured {
    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("there are no files here");
    }

    @Override
    public Home home() {
        throw none();
    }

    @Override
    public Secrets secrets() {
        throw none();
    }

    @Override
    public List<Setting> shown() {
        return List.of();
    }

    @Override
    public List<ConfigProblem> problems() {
        return List.of();
    }

    @Override
    public List<Declared> declared() {
        return List.of();
    }

    @Override
    public Optional<String> oldId() {
        return Optional.empty();
    }

    @Override
    public Optional<Declared> in(TomlSource source, String id) {
        return Optional.empty();
    }

    @Override
    public void requireNothingNewWrong(TomlSource before, TomlSource after) {
        throw none();
    }

    @Override
    public void change(Path file, UnaryOperator<TomlSource> change) {
        throw none();
    }
}
