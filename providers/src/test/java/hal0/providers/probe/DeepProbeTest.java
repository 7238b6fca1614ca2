package hal0.providers.probe;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Provider;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import hal0.providers.probe.Ability.Has;
import hal0.providers.testing.ScriptedProvider;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepProbeTest {
    private static final String CITY = "{\"city\":\"Paris\"}";

    private final DirectAsking asking = new DirectAsking();
    private final ScriptedProvider script = ScriptedProvider.openAi();
    private final List<Capability> told = new ArrayList<>();

    @AfterEach
    void close() {
        script.close();
        asking.close();
    }

    private DeepReport run() {
        Provider priced = script.provider("p").toBuilder().price(Price.of("100000", "0")).build();
        return new DeepProbe(asking).run(priced, "m", new CancelToken(), told::add);
    }

    private static Map<Capability, Has> has(DeepReport report) {
        return report.abilities().stream()
                .collect(Collectors.toMap(Ability::capability, Ability::has));
    }

    private static Exchange said(Usage usage, Part... parts) {
        return new Exchange(
                List.of(parts),
                StopReason.END,
                usage,
                true,
                3,
                Duration.ofMillis(5),
                new Cost.Unknown(),
                null);
    }

    private static Exchange said(String text) {
        return said(Usage.of(1, 1), new Part.Text(text));
    }

    private static Ability judged(Question question, Exchange... answers) {
        return AbilityJudge.judge(question, List.of(answers)).getLast();
    }

    @Test
    void whatAModelDoesIsToldWithItsReasonAndItsCost() {
        script.says("1, 2, ", "3, 4")
                .callsTool("c", "get_weather", CITY)
                .says("{\"colour\":\"vermilion\",\"count\":3}")
                .says("Green, yellow")
                .fails(400, "{\"error\":{\"message\":\"reasoning_effort is not supported\"}}")
                .says("84")
                .says("84")
                .says("Pineapple");
        DeepReport report = run();
        assertThat(report.abilities())
                .extracting(Ability::capability)
                .containsExactly(Capability.values());
        assertThat(has(report))
                .containsEntry(Capability.STREAMING, Has.YES)
                .containsEntry(Capability.USAGE_IN_STREAM, Has.YES)
                .containsEntry(Capability.TOOLS, Has.YES)
                .containsEntry(Capability.PARALLEL_TOOLS, Has.NO)
                .containsEntry(Capability.JSON_SCHEMA, Has.YES)
                .containsEntry(Capability.IMAGES, Has.YES)
                .containsEntry(Capability.THINKING, Has.NO)
                .containsEntry(Capability.PROMPT_CACHING, Has.UNCLEAR)
                .containsEntry(Capability.SYSTEM_PROMPT, Has.YES);
        assertThat(report.abilities()).extracting(Ability::reason).doesNotContain("");
        assertThat(report.abilities().get(6).reason()).contains("reasoning_effort");
        assertThat(report.answered()).isTrue();
        assertThat(report.calls()).isEqualTo(8);
        assertThat(report.inputTokens()).isEqualTo(70);
        assertThat(report.cost()).isEqualTo(new Cost.Usd(new BigDecimal("7.000000")));
        assertThat(told).hasSize(7);
    }

    @Test
    void aModelThatDoesNotAnswerIsAskedOnce() {
        script.fails(404, "{\"error\":{\"message\":\"no such model\"}}");
        DeepReport report = run();
        assertThat(has(report)).hasSize(9).containsValue(Has.UNCLEAR).doesNotContainValue(Has.NO);
        assertThat(report.answered()).isFalse();
        assertThat(report.refusedKey()).isFalse();
        assertThat(report.calls()).isEqualTo(1);
    }

    @Test
    void aRefusedKeyIsToldApart() {
        script.fails(401, "{\"error\":{\"message\":\"no\"}}");
        DeepReport report = run();
        assertThat(report.refusedKey()).isTrue();
        assertThat(script.asked()).hasSize(1);
    }

    @Test
    void aServerInTroubleProvesNothing() {
        for (int i = 0; i < 8; i++) {
            script.fails(503, "{\"error\":{\"message\":\"busy\"}}");
        }
        assertThat(has(run()).values()).containsOnly(Has.UNCLEAR);
    }

    @Test
    void everyQuestionIsBounded() {
        assertThat(Arrays.stream(Question.values()).map(q -> q.request("m")))
                .allSatisfy(request -> {
                    assertThat(request.options().maxTokens()).isLessThanOrEqualTo(2048);
                    assertThat(request.options().temperature()).isNull();
                })
                .extracting(ChatRequest::stream)
                .containsOnlyOnce(true);
        assertThat(Question.FORM.request("m").options().format())
                .isInstanceOf(OutputFormat.JsonSchema.class);
        assertThat(Question.REASON.request("m").options().reasoning()).isNotNull();
    }

    @Test
    void thePictureIsAPictureOfTwoHalves() throws Exception {
        var image =
                ImageIO.read(
                        new ByteArrayInputStream(Base64.getDecoder().decode(Picture.base64())));
        assertThat(image.getWidth()).isEqualTo(64);
        assertThat(image.getRGB(3, 60) & 0xffffff).isEqualTo(0x008000);
        assertThat(image.getRGB(60, 3) & 0xffffff).isEqualTo(0xffff00);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FORM|{\"colour\":\"ultramarine\",\"count\":0}|YES",
                "FORM|{\"colour\":\"blue\",\"count\":0}|NO",
                "FORM|{\"colour\":\"ultramarine\",\"count\":0.5}|NO",
                "FORM|{\"greeting\":\"hi\"}|NO",
                "FORM|Hello, my friend!|NO",
                "FORM|[1]|NO",
                "LOOK|green yellow|YES",
                "LOOK|Yellow and green|UNCLEAR",
                "LOOK|I see no picture.|NO",
                "OBEY|PINEAPPLE.|YES",
                "OBEY|Four|NO",
            })
    void anAnswerIsReadForWhatItShows(Question question, String text, Has has) {
        assertThat(judged(question, said(text)).has()).isEqualTo(has);
    }

    @ParameterizedTest
    @CsvSource({"FORM", "LOOK", "OBEY"})
    void silenceProvesNothing(Question question) {
        assertThat(judged(question, said(Usage.of(5, 0))).has()).isEqualTo(Has.UNCLEAR);
    }

    @Test
    void twoCallsInOneTurnAreParallel() {
        Part[] calls =
                IntStream.range(0, 2)
                        .mapToObj(i -> new Part.ToolCall("c" + i, "get_weather", CITY))
                        .toArray(Part[]::new);
        assertThat(judged(Question.WEATHER, said(Usage.of(1, 1), calls)).has()).isEqualTo(Has.YES);
        Ability none = judged(Question.WEATHER, said("It is sunny."));
        assertThat(none.has()).isEqualTo(Has.NO);
        assertThat(none.reason()).contains("It is sunny.");
    }

    @Test
    void thinkingIsSeenOrCounted() {
        Usage counted = new Usage(1, 90, 0, 0, 0, 80, null);
        assertThat(judged(Question.REASON, said(counted, new Part.Text("10"))).reason())
                .contains("80 tokens");
        Part shown = new Part.Thinking("well", null);
        assertThat(judged(Question.REASON, said(Usage.of(1, 1), shown)).has()).isEqualTo(Has.YES);
        assertThat(judged(Question.REASON, said("10")).has()).isEqualTo(Has.NO);
    }

    @Test
    void onlyWhatIsReadFromTheCacheProvesIt() {
        Exchange written = said(new Usage(5, 1, 0, 2500, 0, 0, null));
        Exchange read = said(new Usage(5, 1, 2500, 0, 0, 0, null));
        Ability yes = judged(Question.REMEMBER, written, read);
        assertThat(yes.has()).isEqualTo(Has.YES);
        assertThat(yes.reason()).contains("2500 of 2505");
        assertThat(judged(Question.REMEMBER, written, written).reason()).contains("not found");
        assertThat(judged(Question.REMEMBER, said("84"), said("84")).has()).isEqualTo(Has.UNCLEAR);
    }

    @Test
    void oneUnknownPriceMakesTheSumUnknown() {
        Cost dollar = new Cost.Usd(BigDecimal.ONE);
        assertThat(DeepReport.sum(List.of(dollar, dollar)))
                .isEqualTo(new Cost.Usd(new BigDecimal("2")));
        assertThat(DeepReport.sum(List.of(dollar, new Cost.Unknown())))
                .isEqualTo(new Cost.Unknown());
        assertThat(DeepReport.sum(List.of(new Cost.Local(), new Cost.Usd(BigDecimal.ZERO))))
                .isEqualTo(new Cost.Local());
    }
}
