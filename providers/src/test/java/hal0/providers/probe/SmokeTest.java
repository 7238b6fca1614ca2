package hal0.providers.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import hal0.providers.testing.ScriptedProvider;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmokeTest {
    private static final String CALL = "{\"text\":\"hal0-ok\"}";

    private final DirectAsking asking = new DirectAsking();
    private final ScriptedProvider script = ScriptedProvider.openAi();
    private final List<Check> told = new ArrayList<>();

    @AfterEach
    void close() {
        script.close();
        asking.close();
    }

    private List<Check> run(Provider provider, @Nullable Boolean tools) {
        return new Smoke(asking).run(provider, "m", tools, new CancelToken(), told::add);
    }

    private List<Check> run() {
        return run(script.provider("p"), null);
    }

    private static List<Verdict> verdicts(List<Check> checks) {
        return checks.stream().map(Check::verdict).toList();
    }

    static Stream<Supplier<ScriptedProvider>> protocols() {
        return Stream.of(
                ScriptedProvider::openAi, ScriptedProvider::anthropic, ScriptedProvider::gemini);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void aModelThatDoesAsItIsToldPassesInEveryProtocol(Supplier<ScriptedProvider> protocol) {
        try (ScriptedProvider server = protocol.get()) {
            server.says("hal0", "-ok").says("hal0", "-ok\n").callsTool("c1", "hal0_echo", CALL);
            Provider priced =
                    server.provider("p").toBuilder().price(Price.of("100000", "0")).build();
            List<Check> checks = run(priced, null);
            assertThat(checks)
                    .extracting(Check::name)
                    .containsExactly("answer", "stream", "tool_call");
            assertThat(verdicts(checks)).containsExactly(Verdict.PASS, Verdict.PASS, Verdict.PASS);
            assertThat(checks)
                    .allSatisfy(check -> {
                        assertThat(check.message()).isEmpty();
                        assertThat(check.latency()).isPositive();
                        assertThat(check.usage().input()).isEqualTo(10);
                        assertThat(((Cost.Usd) check.cost()).amount())
                                .isEqualByComparingTo(BigDecimal.ONE);
                    });
            assertThat(told).isEqualTo(checks);
        }
    }

    @Test
    void theQuestionIsBoundedAndSendsNoTemperature() {
        script.says("hal0-ok").says("hal0-ok").callsTool("c1", "hal0_echo", CALL);
        run();
        assertThat(asking.requests())
                .extracting(ChatRequest::stream)
                .containsExactly(false, true, true);
        assertThat(script.asked())
                .allSatisfy(asked ->
                        assertThat(asked.body())
                                .contains("\"max_tokens\":256")
                                .doesNotContain("temperature"));
        assertThat(script.asked().getFirst().body()).contains("\"Reply with exactly: hal0-ok\"");
    }

    @ParameterizedTest
    @CsvSource({"Hal0-OK", "hal0-ok.", "Sure! hal0-ok"})
    void otherWordsAreAWarningAndAreShown(String said) {
        script.says(said).says(said).says(said);
        List<Check> checks = run();
        assertThat(verdicts(checks)).containsExactly(Verdict.WARN, Verdict.WARN, Verdict.WARN);
        assertThat(checks).extracting(Check::message).allMatch(m -> m.contains('"' + said + '"'));
    }

    @Test
    void wordsOfAModelDoNothingToATerminal() {
        script.says("\u001b]0;x\u0007\u202ehi\nthere").says("hal0-ok").says("");
        assertThat(run().getFirst().message())
                .contains("there")
                .doesNotContain("\u001b", "\u0007", "\u202e", "\n");
    }

    @Test
    void anAnswerThatIsUsedUpBeforeAWordIsAWarning() {
        String cut =
                "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"length\"}]}\n\ndata: [DONE]\n\n";
        script.streams(cut).streams(cut).streams(cut);
        assertThat(run().get(1).message()).contains("limit of tokens was used up");
    }

    @Test
    void aRefusedKeyIsMetOnlyOnce() {
        script.fails(401, "{\"error\":{\"message\":\"bad key\"}}");
        List<Check> checks = run();
        assertThat(verdicts(checks)).containsExactly(Verdict.FAIL, Verdict.SKIP, Verdict.SKIP);
        assertThat(checks.getFirst().message()).contains("401", "bad key");
        assertThat(script.asked()).hasSize(1);
    }

    @Test
    void aBrokenStreamDoesNotHideThatWholeAnswersWork() {
        script.says("hal0-ok")
                .streams("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hal0\"}}]}\n\n")
                .callsTool("c1", "hal0_echo", CALL);
        assertThat(verdicts(run())).containsExactly(Verdict.PASS, Verdict.FAIL, Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "400, registry.ollama.ai/library/x does not support tools",
        "404, No endpoints found that support tool use"
    })
    void aModelWithoutToolsIsNotHeldToThem(int status, String why) {
        script.says("hal0-ok")
                .says("hal0-ok")
                .fails(status, "{\"error\":{\"message\":\"" + why + "\"}}");
        List<Check> checks = run();
        assertThat(verdicts(checks)).containsExactly(Verdict.PASS, Verdict.PASS, Verdict.SKIP);
        assertThat(checks.getLast().message()).contains(why);
    }

    @Test
    void aModelThatIsDeclaredToCallToolsIsHeldToIt() {
        script.says("hal0-ok")
                .says("hal0-ok")
                .fails(400, "{\"error\":{\"message\":\"no tools here\"}}");
        assertThat(run(script.provider("p"), true).getLast().verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aModelThatIsKnownToCallNoToolsIsNotAskedTo() {
        script.says("hal0-ok").says("hal0-ok");
        assertThat(run(script.provider("p"), false).getLast().verdict()).isEqualTo(Verdict.SKIP);
        assertThat(script.asked()).hasSize(2);
    }

    @Test
    void aCallWithOtherArgumentsIsAWarning() {
        script.says("hal0-ok").says("hal0-ok").callsTool("c1", "hal0_echo", "{\"text\":\"no\"}");
        assertThat(run().getLast())
                .matches(check -> check.verdict() == Verdict.WARN)
                .matches(check -> check.message().contains("{\"text\":\"no\"}"));
    }

    @Test
    void demoAnswersAndSaysThatItIsCanned() {
        Provider demo = Presets.of(_ -> Optional.empty()).find("demo").orElseThrow();
        List<Check> checks = run(demo, null);
        assertThat(verdicts(checks)).containsOnly(Verdict.WARN);
        assertThat(checks.getFirst().message()).contains("This is a demo");
        assertThat(checks.getFirst().cost()).isEqualTo(new Cost.Local());
    }

    @Test
    void cancellingIsNoFailureOfTheProvider() {
        CancelToken cancelled = new CancelToken();
        cancelled.cancel("enough");
        Smoke smoke = new Smoke(asking);
        Provider provider = script.provider("p");
        assertThatThrownBy(() -> smoke.run(provider, "m", null, cancelled, told::add))
                .isInstanceOf(ProviderException.Cancelled.class);
    }
}
