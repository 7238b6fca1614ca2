package hal0.providers.script;

import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.ProviderSource;
import hal0.providers.ScriptUse;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The providers that only a file `providers/NAME.lua` declares.
///
/// **Shape** a file that a declared provider has as its type, or its name, declares none by itself.
/// The script is not run for this: each of these says what it is when it is completed. Its key is
/// that of the preset of its name, else the variable `NAME_API_KEY`. **Threads** any; the folder is
/// read when it is first asked for, and on `reload`.
public final class ScriptProviders implements ProviderSource {
    private static final System.Logger LOG = System.getLogger("hal0.providers.script");

    private final ScriptFiles files;
    private final Presets presets;
    private final Supplier<List<Provider>> declared;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile ScriptFiles.@Nullable Found found;

    /// `declared` are the providers of the other sources.
    public ScriptProviders(ScriptFiles files, Presets presets, Supplier<List<Provider>> declared) {
        this.files = files;
        this.presets = presets;
        this.declared = declared;
    }

    @Override
    public List<Provider> providers() {
        List<String> names = found().names();
        if (names.isEmpty()) {
            return List.of();
        }
        Set<String> taken = new HashSet<>();
        for (Provider provider : declared.get()) {
            taken.add(provider.id());
            ScriptUse use = provider.script();
            if (use != null) {
                taken.add(use.type());
            }
        }
        List<Provider> providers = new ArrayList<>();
        for (String name : names) {
            if (!taken.contains(name)) {
                providers.add(provider(name));
            }
        }
        return List.copyOf(providers);
    }

    private Provider provider(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_KEY";
        Provider base =
                presets.find(name)
                        .orElseGet(() ->
                                Provider.builder(
                                                name, Protocol.OPENAI, URI.create("script:" + name))
                                        .keyNames(List.of(variable))
                                        .build());
        return base.toBuilder().script(new ScriptUse(name, "", List.of(), false)).build();
    }

    /// What is wrong with files of the folder, fit to be shown.
    public List<String> problems() {
        return found().problems();
    }

    private ScriptFiles.Found found() {
        ScriptFiles.Found now = found;
        return now == null ? look() : now;
    }

    private ScriptFiles.Found look() {
        ScriptFiles.Found now = files.own();
        now.problems().forEach(problem -> LOG.log(System.Logger.Level.WARNING, "{0}", problem));
        found = now;
        return now;
    }

    /// Looks at the folder again; listeners run when something was added or taken away.
    public void reload() {
        ScriptFiles.Found before = found;
        if (!look().equals(before)) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
