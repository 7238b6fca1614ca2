package hal0.relay.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {
    private final HostRule loopback = HostRule.of("127.0.0.1", List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST:1",
                "127.0.0.1:8080",
                "[::1]:8080",
                "[::1]",
                "localhost.",
                "hal0.localhost:8080"
            })
    void loopbackNamesPass(String host) {
        assertThat(loopback.allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "notlocalhost",
                "evillocalhost",
                "",
                " ",
                "10.0.0.1:8080",
                "host.docker.internal:8080",
                "[::2]:8080"
            })
    void otherNamesDoNot(String host) {
        assertThat(loopback.allows(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.8.7",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1",
                "0:0:0:0:0:0:0:1%lo",
                "::ffff:127.0.0.1",
                "localhost"
            })
    void theseAreThisMachinesOwn(String address) {
        assertThat(HostRule.isLoopback(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.example.com",
                "127.0.0.1.evil.example",
                "128.0.0.1",
                "0.0.0.0",
                "::",
                "0:0:0:0:0:0:0:2",
                ""
            })
    void theseAreNot(String address) {
        assertThat(HostRule.isLoopback(address)).isFalse();
    }

    @Test
    void whatTheUserAllowsPassesWithAnyPort() {
        HostRule rule = HostRule.of("127.0.0.1", List.of("Box.lan"));
        assertThat(rule.allows("box.lan:9")).isTrue();
        assertThat(rule.allows("box.lan.evil")).isFalse();
    }

    @Test
    void boundElsewhereTheMachinesOwnNamesPass() {
        HostRule rule = HostRule.of("0.0.0.0", List.of());
        assertThat(rule.allows("host.docker.internal:8080")).isTrue();
        assertThat(rule.allows("evil.example:8080")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://LOCALHOST:8080/"})
    void theRelaysOwnPagesPass(String origin) {
        assertThat(new OriginRule(List.of(), loopback).allows(origin, "localhost:8080")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:9999",
                "http://localhost:8080.evil.example",
                "file://",
                ""
            })
    void otherPagesDoNot(String origin) {
        assertThat(new OriginRule(List.of(), loopback).allows(origin, "localhost:8080")).isFalse();
    }

    @Test
    void aPageThatTheUserAllowsPasses() {
        OriginRule rule = new OriginRule(List.of("https://chat.example"), loopback);
        assertThat(rule.allows("https://chat.example", "localhost:8080")).isTrue();
        assertThat(rule.allows("http://chat.example", "localhost:8080")).isFalse();
        assertThat(rule.allows(null, "localhost:8080")).isTrue();
    }
}
