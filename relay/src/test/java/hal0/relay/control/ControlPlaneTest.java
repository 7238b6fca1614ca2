package hal0.relay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.error.ErrorKind;
import hal0.providers.ModelInfo;
import hal0.providers.client.RequestBuilder;
import hal0.relay.control.ControlPlane.Active;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever asks need not know whether the relay is in this process or in another.
class ControlPlaneTest {
    enum Kind {
        LOCAL,
        HTTP
    }

    @TempDir private Path folder;
    private final RawUpstream upstream = new RawUpstream();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                RelayFixture.openAi(upstream)
                                        .models(List.of(ModelInfo.of("a"), ModelInfo.of("b")))
                                        .build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    private ControlPlane of(Kind kind) {
        return switch (kind) {
            case LOCAL -> relay.control();
            case HTTP ->
                    new HttpControl(
                            relay.transport(),
                            new RequestBuilder(_ -> Optional.empty()),
                            relay.relay().address(),
                            "own-token",
                            relay.configuration());
        };
    }

    @ParameterizedTest
    @EnumSource
    void providersAreToldAsTheyAre(Kind kind) {
        assertThat(of(kind).providers())
                .containsExactly(
                        new ProviderStatus(
                                "up",
                                "openai-compatible",
                                upstream.url("/v1").toString(),
                                true,
                                false,
                                List.of(),
                                ProviderStatus.KeyState.NOT_NEEDED));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsChosenIsActive(Kind kind) {
        ControlPlane control = of(kind);
        assertThat(control.active()).isEmpty();

        assertThat(control.use("up", "b")).isEqualTo(new Active("up", "b"));

        assertThat(control.active()).contains(new Active("up", "b"));
        assertThat(relay.configuration().active()).contains(new Active("up", "b"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAModelTheFirstDeclaredOneIsChosen(Kind kind) {
        assertThat(of(kind).use("up", null)).isEqualTo(new Active("up", "a"));
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatIsNotThereIsNotChosen(Kind kind) {
        assertThatThrownBy(() -> of(kind).use("nobody", "m"))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
                .hasMessageContaining("there is no provider \"nobody\"")
                .hasMessageContaining("[providers.nobody]");
        assertThat(relay.configuration().active()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void modelsAreThoseOfTheProvider(Kind kind) {
        assertThat(of(kind).models("up"))
                .extracting(choice -> choice.provider() + "/" + choice.info().id())
                .containsExactly("up/a", "up/b");
        assertThatThrownBy(() -> of(kind).models("nobody"))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("there is no provider \"nobody\"");
    }

    @ParameterizedTest
    @EnumSource
    void aReloadTellsWhatCameOfIt(Kind kind) {
        assertThat(of(kind).reload()).isEqualTo(new Reload(List.of("config.toml"), List.of()));

        relay.configuration().breaks("config.toml:3: no such key");

        assertThat(of(kind).reload())
                .isEqualTo(new Reload(List.of(), List.of("config.toml:3: no such key")));
    }

    @ParameterizedTest
    @EnumSource
    void theStatusIsTheRelays(Kind kind) {
        assertThat(of(kind).status().version()).isEqualTo("test");
        assertThat(of(kind).status().instanceId()).isEqualTo("instance");
    }

    @Test
    void aChoiceThatTheOwnerDoesNotTakeIsAnError() {
        relay.configuration().breaks("config.toml:3: no such key");

        assertThatThrownBy(() -> of(Kind.HTTP).use("up", "b"))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("up/b")
                .hasMessageContaining("config.toml:3: no such key");
    }
}
