package hal0.relay.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.error.ErrorKind;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.CancelToken;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.ScriptedSlots;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.StateName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Slots are the same whether they run in this process or in another.
class SlotControlTest {
    enum Kind {
        LOCAL,
        HTTP
    }

    @TempDir private Path folder;
    private final ScriptedSlots slots = new ScriptedSlots();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        slots.with("chat", StateName.READY, "qwen", URI.create("http://127.0.0.1:8081"));
        slots.with("embed", StateName.OFFLINE, "bge", URI.create("http://127.0.0.1:8082"));
        slots.becomes("chat", StateName.SERVING, "qwen", "busy");
        relay = new RelayFixture(folder, Setup.of());
        relay.run(slots);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private SlotControl of(Kind kind) {
        return switch (kind) {
            case LOCAL -> relay.control().slots();
            case HTTP ->
                    new HttpControl(
                                    relay.transport(),
                                    new RequestBuilder(_ -> Optional.empty()),
                                    relay.relay().address(),
                                    "own-token",
                                    null)
                            .slots();
        };
    }

    @Test
    void bothTellTheSame() {
        SlotControl local = of(Kind.LOCAL);
        SlotControl http = of(Kind.HTTP);

        assertThat(http.all()).isEqualTo(local.all()).hasSize(2);
        assertThat(http.one("chat")).isEqualTo(local.one("chat"));
        assertThat(http.resolved("chat")).isEqualTo(local.resolved("chat"));
        assertThat(http.gpu()).isEqualTo(local.gpu());
    }

    @ParameterizedTest
    @EnumSource
    void aSlotIsToldInWords(Kind kind) {
        SlotInfo chat = of(kind).one("chat");

        assertThat(chat)
                .returns("serving", SlotInfo::state)
                .returns("qwen", SlotInfo::model)
                .returns("process", SlotInfo::runtime)
                .returns("busy", SlotInfo::message)
                .returns(8081, SlotInfo::port)
                .returns(true, SlotInfo::isReady);
        assertThat(of(kind).one("embed")).returns(null, SlotInfo::model);
    }

    @ParameterizedTest
    @EnumSource
    void ordersArePassedOnAndNoted(Kind kind) {
        SlotControl control = of(kind);

        control.load("embed", null);
        control.load("embed", "other");
        control.unload("chat");
        control.restart("chat");
        control.swap("chat", "llama", false);
        control.gpuMode("img", true, false);

        assertThat(slots.orders())
                .containsExactly(
                        "load embed",
                        "load embed other",
                        "unload chat",
                        "restart chat",
                        "swap chat llama",
                        "mode img true false");
        assertThat(relay.control().activity(20, Long.MAX_VALUE))
                .extracting(noted -> noted.deed().action() + " " + noted.deed().subject())
                .containsExactly(
                        "gpu.mode img",
                        "slot.swap chat",
                        "slot.restart chat",
                        "slot.unload chat",
                        "slot.load embed",
                        "slot.load embed");
    }

    @ParameterizedTest
    @EnumSource
    void aSwapLastsOnceItsModelAnswersAndNotBefore(Kind kind) {
        of(kind).swap("chat", "llama", true);
        slots.becomes("chat", StateName.WARMING, "llama", "");
        assertThat(relay.definitions()).isEmpty();

        slots.becomes("chat", StateName.READY, "llama", "");
        awaitDefinitions("change chat {model.default=llama}");
    }

    @Test
    void aSwapToWhatNobodyKnowsLeavesTheFileAlone() {
        SlotControl control = of(Kind.LOCAL);
        control.swap("chat", "typo", true);
        slots.becomes("chat", StateName.ERROR, null, "no such model");
        control.load("chat", null);
        slots.becomes("chat", StateName.READY, "typo", "");
        control.swap("chat", "llama", true);
        slots.becomes("chat", StateName.READY, "llama", "");

        awaitDefinitions("change chat {model.default=llama}");
    }

    private void awaitDefinitions(String... changes) {
        Instant end = Instant.now().plusSeconds(20);
        while (relay.definitions().isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(relay.definitions()).containsExactly(changes);
    }

    @ParameterizedTest
    @EnumSource
    void definitionsGoByTheKeysOfTheFile(Kind kind) {
        SlotControl control = of(kind);
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("slot.aliases", List.of("a", "b"));
        keys.put("slot.port", 8085L);
        keys.put("slot.cpus", 1.5);
        keys.put("slot.pinned", true);
        keys.put("model.default", "qwen");
        keys.put("slot.image", null);

        control.create("chat", Map.of("model.default", "qwen"));
        control.change("chat", keys);
        control.remove("chat");

        assertThat(relay.definitions())
                .containsExactly(
                        "create chat {model.default=qwen}",
                        kind == Kind.HTTP
                                ? "change chat {slot.aliases=[a, b], slot.port=8085, slot.cpus=1.5, slot.pinned=true, slot.image=null, model.default=qwen}"
                                : "change chat {slot.aliases=[a, b], slot.port=8085, slot.cpus=1.5, slot.pinned=true, model.default=qwen, slot.image=null}",
                        "remove chat");
    }

    @ParameterizedTest
    @EnumSource
    void linesOfItsServerComeInOrder(Kind kind) {
        for (boolean follow : List.of(false, true)) {
            List<SlotLine> lines = new ArrayList<>();
            of(kind).logs("chat", 10, follow, lines::add, new CancelToken());

            assertThat(lines)
                    .containsExactly(
                            new SlotLine(Instant.EPOCH, false, "first"),
                            new SlotLine(null, true, "second"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatASlotRefusesKeepsItsProblem(Kind kind) {
        slots.refuse(
                SlotException.of(SlotProblem.LOAD_FAILED, "chat could not be loaded: exit 1")
                        .with(Map.of("exit", 1)));

        assertThatThrownBy(() -> of(kind).load("chat", null))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        e -> {
                            assertThat(e).hasMessage("chat could not be loaded: exit 1");
                            assertThat(e.kind()).isEqualTo(ErrorKind.UNREACHABLE);
                            assertThat(e.getCause())
                                    .isInstanceOfSatisfying(
                                            SlotException.class,
                                            slot ->
                                                    assertThat(slot.problem())
                                                            .isEqualTo(SlotProblem.LOAD_FAILED));
                        });
        assertThat(relay.control().activity(1, Long.MAX_VALUE).getFirst().deed().reason())
                .contains("exit 1");
    }

    @ParameterizedTest
    @EnumSource
    void aSlotThatIsNotThereIsNamedWithItsNearest(Kind kind) {
        assertThatThrownBy(() -> of(kind).one("chut"))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("no slot \"chut\"")
                .hasMessageContaining("chat");
    }

    @ParameterizedTest
    @EnumSource
    void waitingEndsWithWhatBecameOfIt(Kind kind) {
        SlotControl.Awaited awaited =
                of(kind).await("chat", Duration.ofSeconds(5), new CancelToken());

        assertThat(awaited.settled()).isTrue();
        assertThat(awaited.slot().state()).isEqualTo("serving");
        assertThat(slots.orders()).singleElement().asString().startsWith("await chat ");
    }
}
