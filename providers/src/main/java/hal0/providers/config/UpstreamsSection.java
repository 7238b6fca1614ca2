package hal0.providers.config;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `[[upstream]]` of `upstreams.toml`: a provider each, over the preset of the same name where
/// there is one.
///
/// **Shape** one whose name cannot be a name, or is taken by one before it, is left out; what else
/// is wrong with one is for [Declarations] to judge.
public final class UpstreamsSection implements Section<List<Declared>> {
    public static final String FILE = "upstreams.toml";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final Presets presets;

    public UpstreamsSection(Presets presets) {
        this.presets = presets;
    }

    @Override
    public String name() {
        return "upstream";
    }

    @Override
    public List<Declared> read(TableReader list) {
        Map<String, Integer> lines = new HashMap<>();
        List<Declared> all = new ArrayList<>();
        for (TableReader table : list.items()) {
            String name = name(table);
            Provider provider = read(name, table);
            Integer before = lines.putIfAbsent(name, table.line());
            if (name.isEmpty()) {
                continue;
            }
            if (before != null) {
                table.problem(
                        "name",
                        "\"%s\" is declared in line %d already, and that one counts"
                                .formatted(name, before),
                        "remove one of the two");
                continue;
            }
            all.add(Declared.in(FILE, table.path(), table.line(), provider));
        }
        return List.copyOf(all);
    }

    /// Empty when it cannot be one.
    private static String name(TableReader table) {
        String name = table.stringOrNull("name");
        if (name == null) {
            if (!table.has("name")) {
                table.problem(null, "it has no name", "add name = \"openrouter\"");
            }
            return "";
        }
        if (!NAME.matcher(name).matches()) {
            table.problem(
                    "name",
                    "this cannot be a name",
                    "small letters, digits, - and _, at most 64, such as \"my-gateway\"");
            return "";
        }
        return name;
    }

    private Provider read(String name, TableReader table) {
        requireRemote(table);
        @Nullable Provider preset = presets.find(name).orElse(null);
        Optional<URI> address = table.parsed("url", BaseUrl::parse);
        address.ifPresent(url -> ProvidersSection.warnOfMetadata(table, "url", url));
        if ((preset == null || !Presets.hasAddress(preset)) && !table.has("url")) {
            table.problem(
                    null,
                    "there is no preset \"%s\", so it needs an address".formatted(name),
                    "add url = \"https://…/v1\"");
        }
        Provider base =
                preset != null ? preset : Provider.builder(name, Protocol.OPENAI, NOWHERE).build();
        Protocol protocol = table.choice("protocol", base.protocol(), protocols());
        List<String> keyNames = KeyNames.read(table, "auth_value_env", base.keyNames());
        Timeouts usual = base.timeouts();
        return base.toBuilder()
                .enabled(table.bool("enabled", true))
                .protocol(protocol)
                .baseUrl(address.orElse(base.baseUrl()))
                .keyNames(keyNames)
                .auth(new AuthStyles(preset).read(table, protocol, !keyNames.isEmpty()))
                .timeouts(
                        new Timeouts(
                                usual.connect(),
                                usual.firstToken(),
                                usual.idle(),
                                Declaration.seconds(table, "timeout_seconds", usual.total())))
                .advertiseModels(table.bool("advertise_models", true))
                .filters(Declaration.filters(table))
                .build();
    }

    private static void requireRemote(TableReader table) {
        Map<String, Boolean> kinds = new LinkedHashMap<>();
        kinds.put("remote", true);
        kinds.put("slot", false);
        if (!table.choice("kind", true, kinds)) {
            table.problem(
                    "kind",
                    "\"slot\" is reserved: a slot is an upstream by itself while it runs",
                    "define it in slots/NAME.toml, or write kind = \"remote\"");
        }
    }

    private static Map<String, Protocol> protocols() {
        Map<String, Protocol> words = new LinkedHashMap<>();
        for (Protocol protocol : Protocol.values()) {
            words.put(protocol.shortName(), protocol);
        }
        return words;
    }
}
