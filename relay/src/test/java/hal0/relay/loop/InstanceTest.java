package hal0.relay.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.error.RelayException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceTest {
    private static final Provider UP = provider("up");
    private static final Provider DOWN = provider("down");

    private final Instance here = new Instance();
    private final Instance there = new Instance();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "other.1", "other.1, another.2"})
    void whatComesFromElsewhereIsAnswered(@Nullable String header) {
        List<String> answered = new ArrayList<>();

        here.answer(header, () -> answered.add("yes"));

        assertThat(answered).hasSize(1);
    }

    @Test
    void whatComesStraightBackIsRefusedAndItsProviderIsLeftOut() {
        assertRefused(here, here.mark(UP));

        assertThat(here.leadsBack(UP)).isTrue();
        assertThat(here.leadsBack(DOWN)).isFalse();
        assertThat(here.leadsBack(UP.toBuilder().baseUrl(URI.create("http://else/v1")).build()))
                .isFalse();
    }

    @Test
    void whatComesBackByWayOfAnotherIsRefusedAndNobodyIsLeftOut() {
        List<String> onward = new ArrayList<>();
        there.answer(here.mark(UP), () -> onward.add(there.mark(DOWN)));

        assertRefused(here, onward.getFirst());
        assertThat(here.leadsBack(UP)).isFalse();
        assertThat(there.leadsBack(DOWN)).isFalse();
    }

    @Test
    void aProgramMayAskTheRelayInItsOwnProcessWhichIsNotLedBackFromThere() {
        List<String> onward = new ArrayList<>();

        here.answerOwn(here.mark(UP), () -> onward.add(here.mark(DOWN)));

        assertThat(here.leadsBack(UP)).isFalse();
        assertThat(onward).hasSize(1);
        assertThatThrownBy(() -> here.answerOwn(onward.getFirst(), () -> onward.add("again")))
                .isInstanceOf(RelayException.class);
        assertThat(here.leadsBack(DOWN)).isTrue();
    }

    @Test
    void aStrangerCannotHaveAProviderLeftOut() {
        here.mark(UP);

        assertRefused(here, here.id() + ".000000000000");
        assertThat(here.leadsBack(UP)).isFalse();
    }

    @Test
    void aChainHasAnEnd() {
        String chain = "first.1";
        int hops = 1;
        while (true) {
            Instance next = new Instance();
            List<String> onward = new ArrayList<>();
            try {
                next.answer(chain, () -> onward.add(next.mark(UP)));
            } catch (RelayException e) {
                assertThat(e.status()).isEqualTo(508);
                break;
            }
            chain = onward.getFirst();
            hops++;
        }
        assertThat(hops).isEqualTo(8);
    }

    @Test
    void aHeaderOfAnySizeIsBounded() {
        assertRefused(here, "x".repeat(100_000));
    }

    @Test
    void outsideARequestOnlyThisRelayIsNamed() {
        assertThat(here.mark(UP)).startsWith(here.id() + ".").doesNotContain(",");
        assertThat(here.mark(UP)).isEqualTo(here.mark(UP)).isNotEqualTo(here.mark(DOWN));
    }

    private static void assertRefused(Instance instance, String header) {
        assertThatThrownBy(() ->
                        instance.answer(
                                header,
                                () -> {
                                    throw new AssertionError("it was answered");
                                }))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(508);
                            assertThat(e.code()).isEqualTo("dispatch.loop");
                        });
    }

    private static Provider provider(String id) {
        return Provider.builder(id, Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1")).build();
    }
}
