package hal0.providers.config;

import hal0.home.config.TableReader;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `auth_style` and `auth_header`: how a key is sent.
///
/// **Shape** without a style it is the preset's, where there is one that speaks the same protocol,
/// else the usual one of the protocol; without a key nothing is sent.
record AuthStyles(@Nullable Provider preset) {

    Auth read(TableReader table, Protocol protocol, boolean keyed) {
        String header = table.stringOrNull("auth_header");
        Auth auth = table.choice("auth_style", usual(protocol, keyed), words(header));
        boolean named = auth instanceof Auth.Header(String name) && !name.isBlank();
        if (auth instanceof Auth.Header && !named) {
            table.problem(
                    "auth_style",
                    "\"header\" needs the header's name",
                    "add auth_header = \"api-key\"");
        }
        if (header != null && !(auth instanceof Auth.Header)) {
            table.problem(
                    "auth_header",
                    "it has no effect unless auth_style is \"header\"",
                    "add auth_style = \"header\"");
        }
        return auth;
    }

    private static Map<String, Auth> words(@Nullable String header) {
        Map<String, Auth> words = new LinkedHashMap<>();
        words.put("bearer", new Auth.Bearer());
        words.put("anthropic", new Auth.Anthropic());
        words.put("x-api-key", new Auth.XApiKey());
        words.put("header", new Auth.Header(header == null ? "" : header));
        words.put("google_query", new Auth.GoogleQuery());
        words.put("none", new Auth.None());
        return words;
    }

    Auth usual(Protocol protocol, boolean keyed) {
        if (preset != null && protocol == preset.protocol()) {
            return keyed && preset.auth() instanceof Auth.None ? new Auth.Bearer() : preset.auth();
        }
        if (!keyed) {
            return new Auth.None();
        }
        return switch (protocol) {
            case ANTHROPIC -> new Auth.Anthropic();
            case GEMINI -> new Auth.GoogleQuery();
            case OPENAI, RESPONSES -> new Auth.Bearer();
        };
    }
}
