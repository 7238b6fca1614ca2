package hal0.relay.dashboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RelayFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The page as browsers and scanners ask for it.
class DashboardTest {
    private static final Pattern IMPORT =
            Pattern.compile("(?:from\\s*|import\\s*|import\\()[\"'](\\.{1,2}/[^\"']+)[\"']");

    @TempDir Path folder;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay = new RelayFixture(folder, RelayFixture.Setup.of());
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private RawClient.Answer ask(String method, String path, String... headers) {
        StringBuilder head =
                new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path));
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return relay.ask(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    /// Where the page says that this file lies.
    private String asset(String name) {
        Matcher found =
                Pattern.compile("\"(/assets/[0-9a-f]{16}/)app\\.js\"")
                        .matcher(ask("GET", "/").text());
        assertThat(found.find()).isTrue();
        return found.group(1) + name;
    }

    @Test
    void pageRunsNothingButItsOwnFiles() {
        RawClient.Answer page = ask("GET", "/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.header("content-security-policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(page.header("x-content-type-options")).contains("nosniff");
        assertThat(page.header("referrer-policy")).contains("no-referrer");
        assertThat(page.header("cache-control")).contains("no-cache");
        assertThat(page.text())
                .doesNotContain("{build}", "{preload}", "<style", " style=", " onclick=");
    }

    @ParameterizedTest
    @CsvSource({
        "app.js,text/javascript; charset=utf-8",
        "app.css,text/css; charset=utf-8",
        "icon.svg,image/svg+xml",
        "lib/lit-html.js,text/javascript; charset=utf-8"
    })
    void filesMayBeKeptForEver(String name, String type) {
        RawClient.Answer file = ask("GET", asset(name));

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("content-type")).contains(type);
        assertThat(file.header("cache-control")).contains("public, max-age=31536000, immutable");
        assertThat(file.header("x-content-type-options")).contains("nosniff");
        assertThat(file.body()).isNotEmpty();
    }

    @Test
    void whatIsKnownIsNotSentAgain() {
        String tag = ask("GET", "/").header("etag").orElseThrow();

        RawClient.Answer again = ask("GET", "/", "If-None-Match: \"other\", " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("etag")).contains(tag);
        assertThat(ask("GET", "/", "If-None-Match: *").status()).isEqualTo(304);
        assertThat(ask("GET", "/", "If-None-Match: \"other\"").status()).isEqualTo(200);
    }

    @Test
    void compressedFormHoldsTheSame() throws IOException {
        String path = asset("app.css");
        RawClient.Answer plain = ask("GET", path, "Accept-Encoding: br, gzip;q=0");
        RawClient.Answer packed = ask("GET", path, "Accept-Encoding: br, gzip");

        assertThat(plain.header("content-encoding")).isEmpty();
        assertThat(packed.header("content-encoding")).contains("gzip");
        assertThat(packed.header("vary")).contains("Accept-Encoding");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void headTellsWhatGetSends() {
        String path = asset("app.js");
        RawClient.Answer head = relay.askHead(path);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length"))
                .contains(Integer.toString(ask("GET", path).body().length));
        assertThat(head.header("etag")).isEqualTo(ask("GET", path).header("etag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/slots",
                "/requests?id=req_1",
                "/a/b/c",
                "/apiary",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/index.html"
            })
    void everyOtherPathIsThePage(String path) {
        assertThat(ask("GET", path).text()).isEqualTo(ask("GET", "/").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/0000000000000000/app.js",
                "/assets/../assets.txt",
                "/favicon.ico",
                "/api",
                "/api/nothing",
                "/v1/nothing",
                "/v1beta/nothing",
                "/mcp/nothing"
            })
    void noPageStandsInForAnotherThing(String path) {
        RawClient.Answer answer = ask("GET", path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type").orElse("")).startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app.js/../../../../../etc/passwd", "%2e%2e/index.html", "core/..%2fapp.js"})
    void filesAreFoundByTheirNamesOnly(String name) {
        assertThat(ask("GET", asset(name)).status()).isEqualTo(404);
    }

    @Test
    void nothingIsSentToAPage() {
        assertThat(ask("POST", "/slots", "Content-Length: 0").status()).isEqualTo(404);
        assertThat(ask("POST", "/api/nothing", "Content-Length: 0").status()).isEqualTo(404);
    }

    @Test
    void aForgedHostSeesNothingOfIt() {
        assertThat(
                        relay.ask("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(UTF_8))
                                .status())
                .isEqualTo(421);
    }

    @Test
    void everyImportIsServed() {
        String base = asset("");
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(Set.of("app.js"));
        while (!left.isEmpty()) {
            String name = left.removeFirst();
            if (seen.add(name)) {
                RawClient.Answer file = ask("GET", base + name);
                assertThat(file.status()).as(name).isEqualTo(200);
                Matcher imports = IMPORT.matcher(file.text());
                while (imports.find()) {
                    left.add(
                            Path.of("/" + name)
                                    .resolveSibling(imports.group(1))
                                    .normalize()
                                    .toString()
                                    .substring(1));
                }
            }
        }

        assertThat(seen).hasSizeGreaterThan(30);
        // Nothing is carried along that no page needs.
        assertThat(Assets.names().stream().filter(name -> name.endsWith(".js"))).isSubsetOf(seen);
    }
}
