package hal0.relay.control;

import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.config.TomlSource;
import hal0.home.error.ErrorKind;
import hal0.providers.config.Declared;
import hal0.providers.config.UpstreamsSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Changes the files that declare providers: the one way in which commands, the screen and `/api`
/// do it.
///
/// **Shape** each change is one write of a text that was looked at in the same moment, so that of
/// two at once none is lost. Comments and order stay. **Errors** [ControlException]; then nothing
/// is written. **Threads** any.
public final class ProviderEdits {
    private final ProviderFiles files;
    private final boolean rehearsed;

    public ProviderEdits(ProviderFiles files) {
        this(files, false);
    }

    private ProviderEdits(ProviderFiles files, boolean rehearsed) {
        this.files = files;
        this.rehearsed = rehearsed;
    }

    /// The same that refuses as this does, and writes nothing.
    ProviderEdits rehearsed() {
        return new ProviderEdits(files, true);
    }

    /// Where a provider is declared, the declaration that counts first.
    ///
    /// **Errors** also for one of the old `[provider]` table, which is not edited.
    public Optional<Declared> find(String id) {
        if (files.oldId().filter(id::equals).isPresent()) {
            throw ControlException.refused(
                    Refusal.PROTECTED,
                    "%s is declared in the old [provider] table; bring that into today's form first: hal0 config migrate"
                            .formatted(id));
        }
        return files.declared().stream().filter(d -> d.id().equals(id)).findFirst();
    }

    /// Puts tables that declare a new provider at the end of a file; `allowed` may refuse what they
    /// say.
    public void add(Path file, String id, String tables, Consumer<Declared> allowed) {
        write(
                file,
                source -> {
                    Optional<Declared> there = find(id).or(() -> files.in(source, id));
                    if (there.isPresent()) {
                        throw ControlException.refused(
                                Refusal.ALREADY_EXISTS,
                                "%s is declared in %s already; change it there (hal0 config edit), or remove it first: hal0 providers remove %s"
                                        .formatted(id, there.get().origin(), id));
                    }
                    TomlSource after = source.followedBy(tables);
                    files.in(after, id).ifPresent(allowed);
                    return after;
                });
    }

    /// Changes a declaration; `edit` gets the text of the file and the path of the table in it.
    public void change(
            Declared declared,
            BiFunction<TomlSource, String, TomlSource> edit,
            Consumer<Declared> allowed) {
        write(
                fileOf(declared),
                source -> {
                    Optional<Declared> now = files.in(source, declared.id());
                    if (now.isEmpty()) {
                        throw ControlException.refused(
                                Refusal.NOT_FOUND,
                                "%s is not declared in %s any more"
                                        .formatted(declared.id(), declared.file()));
                    }
                    TomlSource after = edit.apply(source, now.get().path());
                    files.in(after, declared.id()).ifPresent(allowed);
                    return after;
                });
    }

    /// Takes a declaration out.
    public void remove(Declared declared) {
        change(declared, TomlSource::without, _ -> {});
    }

    /// Changes a file in whatever way.
    public void write(Path file, UnaryOperator<TomlSource> change) {
        try {
            files.change(file, rehearsed ? source -> looked(source, change) : change);
        } catch (ConfigException e) {
            throw ControlException.refused(
                    Refusal.INVALID,
                    "Nothing was written, because it would be wrong: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new ControlException(
                    ErrorKind.INTERNAL,
                    "%s cannot be written: %s".formatted(file, IoReason.of(e)),
                    e);
        }
    }

    private TomlSource looked(TomlSource source, UnaryOperator<TomlSource> change) {
        files.requireNothingNewWrong(source, change.apply(source));
        return source;
    }

    private Path fileOf(Declared declared) {
        return declared.file().equals(UpstreamsSection.FILE)
                ? files.home().upstreamsFile()
                : files.home().configFile();
    }
}
