package hal0.providers.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.http.CancelToken;
import hal0.providers.listing.Listing;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The three examples of Athyr's documentation run as they are.
///
/// **Source** docs.athyr.io, "Custom Providers", as of 2026-11.
class ReferenceExamplesTest {
    @TempDir Path folder;
    private final ScriptedProvider upstream = ScriptedProvider.openAi();
    private Scripts scripts;

    @BeforeEach
    void open() {
        scripts = new Scripts(folder);
        scripts.variables.put("THE_KEY", "key-123456");
        for (String name : new String[] {"ollama", "openrouter", "custom-api"}) {
            scripts.file(name, Scripts.resource("athyr-" + name + ".lua"));
        }
    }

    @AfterEach
    void close() {
        scripts.close();
        upstream.close();
    }

    private URI root() {
        return upstream.baseUrl().resolve("/");
    }

    private ScriptedProvider.Asked asked(Provider provider) {
        upstream.says("hello");
        try (var stream =
                scripts.client.open(
                        provider,
                        "m1",
                        ChatRequest.of("m1", List.of(Message.user("hi"))),
                        new CancelToken())) {
            while (stream.next() != null) {
                // To its end.
            }
        }
        return upstream.asked().getLast();
    }

    @Test
    void ollamaWithoutDeclarationIsOnThisMachine() {
        Provider completed = scripts.lua.completed(Scripts.of("ollama", ""));
        assertThat(completed.baseUrl()).isEqualTo(URI.create("http://localhost:11434"));
        assertThat(completed.auth()).isEqualTo(new Auth.None());
        assertThat(completed.endpoints().chat()).isEqualTo("/v1/chat/completions");
        assertThat(completed.endpoints().models()).isEqualTo("/api/tags");
        assertThat(completed.endpoints().health()).isEqualTo("/");
    }

    @Test
    void ollamaListsItsModelsAndAnswers() {
        upstream.lists("{\"models\":[{\"name\":\"qwen3:4b\"},{\"name\":\"llama3:8b\"}]}");
        Provider ollama = Scripts.of("ollama", root().toString());
        assertThat(scripts.lists.of(ollama))
                .isInstanceOfSatisfying(
                        Listing.Listed.class,
                        listed ->
                                assertThat(listed.models())
                                        .extracting(ModelInfo::id)
                                        .containsExactly("qwen3:4b", "llama3:8b"));
        assertThat(upstream.asked().getLast().target()).isEqualTo("/api/tags");
        assertThat(asked(ollama).target()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void openRouterSendsItsKeyAndItsHeaders() {
        upstream.lists("{\"data\":[{\"id\":\"a/b\",\"name\":\"B\"},{\"id\":\"c/d\"}]}");
        Provider openRouter = Scripts.of("openrouter", root() + "api/v1");
        ScriptedProvider.Asked asked = asked(openRouter);
        assertThat(asked.target()).isEqualTo("/api/v1/chat/completions");
        assertThat(asked.headers().get("Authorization")).isEqualTo("Bearer key-123456");
        assertThat(asked.headers().get("HTTP-Referer")).isEqualTo("https://athyr.io");
        assertThat(asked.headers().get("X-Title")).isEqualTo("Athyr");
        assertThat(scripts.lists.of(openRouter))
                .isInstanceOfSatisfying(
                        Listing.Listed.class,
                        listed ->
                                assertThat(listed.models())
                                        .extracting(ModelInfo::id, ModelInfo::displayName)
                                        .containsExactly(tuple("a/b", "B"), tuple("c/d", "c/d")));
    }

    @Test
    void openRouterWithoutDeclarationIsAtItsOwnAddress() {
        assertThat(scripts.lua.completed(Scripts.of("openrouter", "")).baseUrl())
                .isEqualTo(URI.create("https://openrouter.ai/api/v1"));
    }

    @Test
    void customApiAddsItsHeadersToEachRequest() {
        ScriptedProvider.Asked asked = asked(Scripts.of("custom-api", root().toString()));
        assertThat(asked.target()).isEqualTo("/v1/chat/completions");
        assertThat(asked.headers().get("X-Custom-Auth")).isEqualTo("token-key-123456");
        assertThat(asked.headers().get("X-Request-Model")).isEqualTo("m1");
        assertThat(asked.headers().get("Authorization")).isNull();
    }
}
