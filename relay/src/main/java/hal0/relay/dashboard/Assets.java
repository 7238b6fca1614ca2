package hal0.relay.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All files of the page, by the path they are served at.
///
/// **Shape** everything but the page itself lies under `/assets/BUILD/`, where BUILD stands for the
/// content of all of them: what was fetched once is never asked for again, and a new version is
/// another folder. **Threads** any.
final class Assets {
    /// The files beside this class, one name a line.
    static final String LIST = "assets.txt";

    private static final String LIBRARY = "META-INF/resources/webjars/lit-html/3.3.1/";

    /// What the page uses of lit-html, whose files import each other by these relative names.
    private static final List<String> LIBRARY_FILES =
            List.of(
                    "lit-html.js",
                    "directive.js",
                    "directive-helpers.js",
                    "directives/repeat.js",
                    "directives/live.js");

    /// The page that is looked at first, and what only that needs.
    private static final Set<String> FIRST =
            Set.of("pages/overview.js", "pages/attention.js", "pages/live.js");

    private final Asset page;
    private final Map<String, Asset> byPath;

    private Assets(Asset page, Map<String, Asset> byPath) {
        this.page = page;
        this.byPath = Map.copyOf(byPath);
    }

    /// Reads them all.
    static Assets read() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : names()) {
            contents.put(name, content(Assets.class.getResourceAsStream(name), name));
        }
        ClassLoader loader = Assets.class.getClassLoader();
        for (String name : LIBRARY_FILES) {
            byte[] bytes = content(loader.getResourceAsStream(LIBRARY + name), LIBRARY + name);
            // The maps that they name are not served.
            String code = new String(bytes, UTF_8).replaceAll("\n//# sourceMappingURL=.*", "");
            contents.put("lib/" + name, code.getBytes(UTF_8));
        }
        String build = Asset.hash(contents.values().toArray(byte[][]::new));
        Map<String, Asset> byPath = new LinkedHashMap<>();
        contents.forEach((name, bytes) ->
                byPath.put("/assets/" + build + "/" + name, Asset.of(name, bytes)));
        String html =
                new String(
                        content(Assets.class.getResourceAsStream("index.html"), "index.html"),
                        UTF_8);
        String page =
                html.replace("{preload}", preloads(contents.keySet())).replace("{build}", build);
        return new Assets(Asset.of("index.html", page.getBytes(UTF_8)), byPath);
    }

    /// What every view needs, asked for together instead of import by import.
    private static String preloads(Collection<String> names) {
        return names.stream()
                .filter(name -> name.endsWith(".js"))
                .filter(name -> !name.startsWith("pages/") || FIRST.contains(name))
                .map("  <link rel=\"modulepreload\" href=\"/assets/{build}/%s\">\n"::formatted)
                .collect(Collectors.joining());
    }

    static List<String> names() {
        byte[] list = content(Assets.class.getResourceAsStream(LIST), LIST);
        return new String(list, UTF_8).lines().filter(line -> !line.isBlank()).toList();
    }

    private static byte[] content(@Nullable InputStream opened, String name) {
        try (InputStream in = opened) {
            if (in == null) {
                throw new IllegalStateException("this build of hal0 lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The page itself.
    Asset page() {
        return page;
    }

    /// What is served at exactly that path.
    Optional<Asset> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /// The bytes of everything, compressed.
    long gzipBytes() {
        return page.gzip().length
                + byPath.values().stream().mapToLong(asset -> asset.gzip().length).sum();
    }
}
