package hal0.providers.client;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.catalog.ModelCatalog;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.price.Price;
import hal0.providers.testing.EventRecorder;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests use what is known of a model that nobody declared.
class InformedRequestTest {
    @TempDir private Path folder;
    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(transport.openResponses()).isZero();
        transport.close();
    }

    private String asked(Provider provider, ScriptedProvider server, String model) {
        ModelCatalog catalog =
                new ModelCatalog(folder.resolve("none.json"), InstantSource.system());
        ProviderClient client =
                new ProviderClient(
                                transport,
                                new RequestBuilder(_ -> Optional.empty()),
                                InstantSource.system())
                        .with(catalog::find);
        ChatRequest request = ChatRequest.of(model, List.of(Message.user("Hello")));
        EventRecorder.drain(client.open(provider, model, request, new CancelToken()));
        return server.takeAsked().body();
    }

    @Test
    void anthropicIsAskedForAsMuchAsTheModelCanAnswer() {
        try (ScriptedProvider server =
                ScriptedProvider.anthropic().says("x").says("x").says("x").says("x")) {
            Provider provider = server.provider("anthropic");
            assertThat(asked(provider, server, "claude-haiku-4-5-20251001"))
                    .contains("\"max_tokens\":64000");
            // Through a relay of ours a model has its provider's name before it.
            assertThat(asked(provider, server, "anthropic/claude-opus-5-5"))
                    .contains("\"max_tokens\":128000");
            assertThat(asked(provider, server, "claude-of-tomorrow"))
                    .contains("\"max_tokens\":8192");
            ModelInfo declared =
                    new ModelInfo(
                            "claude-opus-5-5",
                            null,
                            null,
                            500L,
                            null,
                            null,
                            null,
                            null,
                            Price.UNKNOWN);
            Provider limited = provider.toBuilder().models(List.of(declared)).build();
            assertThat(asked(limited, server, "claude-opus-5-5")).contains("\"max_tokens\":500");
        }
    }
}
