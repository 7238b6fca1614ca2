package hal0.cli.providers;

import hal0.home.config.TomlBlock;
import hal0.providers.message.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tables that declare a provider, as text.
final class NewProvider {
    private NewProvider() {}

    /// What stands in tables of its own.
    record SubTables(Map<String, String> query, Map<String, String> headers, List<String> models) {}

    static String named(String id, Map<String, @Nullable Object> keys, SubTables more) {
        StringBuilder text = new StringBuilder();
        text.append(TomlBlock.table("providers", id).setAll(keys).toml());
        if (!more.query().isEmpty()) {
            text.append('\n')
                    .append(TomlBlock.table("providers", id, "query").setAll(more.query()).toml());
        }
        if (!more.headers().isEmpty()) {
            text.append('\n')
                    .append(
                            TomlBlock.table("providers", id, "headers")
                                    .setAll(more.headers())
                                    .toml());
        }
        for (String model : more.models()) {
            text.append('\n')
                    .append(TomlBlock.item("providers", id, "models").set("id", model).toml());
        }
        return text.toString();
    }

    static String listed(Map<String, @Nullable Object> keys) {
        return TomlBlock.item("upstream").setAll(keys).toml();
    }

    static @Nullable Object oneOrAll(List<String> names) {
        return switch (names.size()) {
            case 0 -> null;
            case 1 -> names.getFirst();
            default -> names;
        };
    }

    /// What `upstreams.toml` calls a protocol; what is none stays, for validation to refuse.
    static String shortName(String compatibility) {
        for (Protocol protocol : Protocol.values()) {
            if (protocol.key().equals(compatibility)) {
                return protocol.shortName();
            }
        }
        return compatibility;
    }
}
