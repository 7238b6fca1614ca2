package hal0.providers.client;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private final Map<String, String> variables = new HashMap<>(Map.of("A", "a1", "B", "b1"));
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final KeyRing ring =
            new KeyRing(name -> Optional.ofNullable(variables.get(name)), () -> now);

    @Test
    void theFirstKeyThatIsSetIsUsed() {
        variables.remove("A");
        variables.put("C", "c1");

        assertThat(key(ring.turn(provider("A", "B", "C")))).isEqualTo("B");
    }

    @Test
    void aProviderWithOneKeyIsLeftAsItIs() {
        Provider one = provider("A", "UNSET");

        assertThat(ring.turn(one).provider()).isSameAs(one);
        assertThat(ring.turn(one).goesOn(refused())).isFalse();
    }

    @Test
    void aRefusedKeyRestsForFiveMinutes() {
        refuseFirst(refused());

        now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
        assertThat(key(ring.turn(provider("A", "B")))).isEqualTo("B");
        now = now.plusMillis(1);
        assertThat(key(ring.turn(provider("A", "B")))).isEqualTo("A");
    }

    @Test
    void aRefusedKeyThatIsReplacedIsUsedAtOnce() {
        refuseFirst(refused());
        variables.put("A", "a2");

        assertThat(key(ring.turn(provider("A", "B")))).isEqualTo("A");
    }

    @Test
    void aKeyAtItsLimitRestsAsLongAsTheProviderSays() {
        refuseFirst(limited(Duration.ofSeconds(90)));

        now = now.plusSeconds(89);
        assertThat(key(ring.turn(provider("A", "B")))).isEqualTo("B");
        now = now.plusSeconds(1);
        assertThat(key(ring.turn(provider("A", "B")))).isEqualTo("A");
    }

    @Test
    void whenAllRestTheOneThatIsBackFirstIsUsed() {
        KeyRing.Turn turn = ring.turn(provider("A", "B"));
        turn.provider();
        assertThat(turn.goesOn(limited(Duration.ofSeconds(60)))).isTrue();
        turn.provider();
        assertThat(turn.goesOn(limited(Duration.ofSeconds(20)))).isFalse();

        assertThat(key(ring.turn(provider("A", "B")))).isEqualTo("B");
    }

    @Test
    void afaultThatIsNotTheKeysLeavesItInUse() {
        KeyRing.Turn turn = ring.turn(provider("A", "B"));
        turn.provider();

        assertThat(
                        turn.goesOn(
                                new ProviderException.Overloaded(
                                        "busy", Failure.unanswered("p", "m"), null)))
                .isFalse();
        assertThat(key(turn)).isEqualTo("A");
    }

    @Test
    void theSameVariableOfAnotherProviderDoesNotRest() {
        refuseFirst(refused());
        Provider other =
                Provider.builder("q", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                        .auth(new Auth.Bearer())
                        .keyNames(List.of("A", "B"))
                        .build();

        assertThat(key(ring.turn(other))).isEqualTo("A");
    }

    private void refuseFirst(ProviderException failure) {
        KeyRing.Turn turn = ring.turn(provider("A", "B"));
        turn.provider();
        assertThat(turn.goesOn(failure)).isTrue();
    }

    private static String key(KeyRing.Turn turn) {
        return turn.provider().keyNames().getFirst();
    }

    private static ProviderException refused() {
        return new ProviderException.Unauthenticated("no", Failure.unanswered("p", "m"));
    }

    private static ProviderException limited(@Nullable Duration delay) {
        return new ProviderException.RateLimited("slow", Failure.unanswered("p", "m"), delay);
    }

    private static Provider provider(String... keys) {
        return Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                .auth(new Auth.Bearer())
                .keyNames(List.of(keys))
                .build();
    }
}
