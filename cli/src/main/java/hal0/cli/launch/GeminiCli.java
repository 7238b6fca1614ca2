package hal0.cli.launch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Google's Gemini CLI.
///
/// **Shape** a login that was chosen once goes before the key, and the address alone makes it look
/// for one of a gateway: so that for this run its home is a folder in which everything leads to the
/// user's own, but for the settings, which say that the key is to be used.
///
/// **Source** GEMINI_API_KEY, GEMINI_MODEL, GEMINI_CLI_HOME, GOOGLE_GEMINI_BASE_URL (without
/// `/v1beta`), `security.auth.selectedType`: geminicli.com/docs/reference/configuration; the
/// logins: github.com/jacob-bd/relay-ai/issues/13, github.com/meridianlabs-ai/inspect_swe/pull/61.
/// Read 2026-11-21; tried with 0.61.0.
record GeminiCli() implements Tool {
    private static final String HOME = "GEMINI_CLI_HOME";
    private static final String SETTINGS = "settings.json";

    /// Its settings may have comments.
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS).build();

    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public String install() {
        return "npm install -g @google/gemini-cli";
    }

    @Override
    public String vendor() {
        return "google";
    }

    @Override
    public Wiring wire(Setting setting) {
        Path home = setting.folder().resolve("gemini");
        Path folder = home.resolve(".gemini");
        Path own = ownFolder(setting.inherited());
        Wiring wiring =
                new Wiring()
                        .set("GOOGLE_GEMINI_BASE_URL", setting.relay().toString())
                        .set("GEMINI_API_KEY", setting.key())
                        .set(HOME, home.toString())
                        .unset(
                                "GOOGLE_API_KEY",
                                "GOOGLE_GENAI_USE_VERTEXAI",
                                "GOOGLE_GENAI_USE_GCA",
                                "GOOGLE_VERTEX_BASE_URL")
                        .file(folder.resolve(SETTINGS), settings(own));
        if (setting.model() != null) {
            wiring.set("GEMINI_MODEL", setting.model());
        }
        for (Path entry : entries(own)) {
            if (!entry.endsWith(SETTINGS)) {
                wiring.link(folder.resolve(String.valueOf(entry.getFileName())), entry);
            }
        }
        return wiring;
    }

    private static @Nullable Path ownFolder(Map<String, String> environment) {
        String home = environment.getOrDefault(HOME, environment.getOrDefault("HOME", ""));
        return home.isEmpty() ? null : Path.of(home, ".gemini");
    }

    private static List<Path> entries(@Nullable Path folder) {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The user's own, with the login by key.
    private static String settings(@Nullable Path own) {
        ObjectNode settings = JSON.createObjectNode();
        Path file = own == null ? null : own.resolve(SETTINGS);
        if (file != null && Files.isRegularFile(file)) {
            try {
                JsonNode read = JSON.readTree(Files.readString(file));
                settings = read instanceof ObjectNode object ? object : settings;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "%s cannot be read".formatted(file), new IOException(e.getMessage(), e));
            }
        }
        settings.withObject("/security/auth").put("selectedType", "gemini-api-key");
        return settings.toPrettyString() + "\n";
    }
}
