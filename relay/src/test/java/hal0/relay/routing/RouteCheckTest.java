package hal0.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Settings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteCheckTest {
    private static final Set<String> PROVIDERS = Set.of("anthropic", "openai");

    private static List<ConfigProblem> problems(String text) {
        Settings settings = Settings.of("config.toml", text, List.of(RouteSection.SECTION));
        assertThat(settings.problems()).isEmpty();
        return RouteCheck.problems(
                settings.get(RouteSection.SECTION), PROVIDERS::contains, PROVIDERS);
    }

    private static String route(String model, String targets) {
        return "[[route]]\nmodel = \"%s\"\ntargets = %s\n"
                .formatted(model, targets.replace('\'', '"'));
    }

    @Test
    void targetsOfProvidersAndOtherRoutesAreFine() {
        assertThat(
                        problems(
                                route("smart", "['anthropic/a', 'openai/b/c', 'cheap']")
                                        + route("cheap", "['openai/d']")))
                .isEmpty();
    }

    @Test
    void aTargetOfAnUnknownProviderIsAWarningThatNamesTheNearest() {
        assertThat(problems(route("smart", "['openai/a', 'antropic/b']")))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.severity()).isEqualTo(Severity.WARNING),
                        problem ->
                                assertThat(problem)
                                        .asString()
                                        .startsWith("config.toml:1: route[0].targets: ")
                                        .contains(
                                                "there is no provider \"antropic\" (did you mean"
                                                        + " \"anthropic\"?)"));
    }

    @Test
    void aTargetWithoutAProviderIsAWarning() {
        assertThat(problems(route("smart", "['gpt-5']")))
                .singleElement()
                .asString()
                .contains("\"gpt-5\" names no provider", "PROVIDER/gpt-5");
        assertThat(problems(route("smart", "['openai']")))
                .singleElement()
                .asString()
                .contains("\"openai\" names no model", "openai/MODEL");
    }

    @Test
    void aRouteOfTheNameOfAModelMayLeadToThatModel() {
        assertThat(problems(route("openai/a", "['openai/a', 'anthropic/b']"))).isEmpty();
    }

    @Test
    void aRouteThatNamesItselfIsAnError() {
        assertThat(problems(route("gpt-5", "['gpt-5', 'openai/gpt-5']")))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.severity()).isEqualTo(Severity.ERROR),
                        problem ->
                                assertThat(problem)
                                        .asString()
                                        .contains("\"gpt-5\" is the route itself"));
    }

    @Test
    void routesThatLeadToEachOtherAreAnErrorThatShowsTheWay() {
        assertThat(
                        problems(
                                route("a", "['openai/x', 'b']")
                                        + route("b", "['c']")
                                        + route("c", "['a']")
                                        + route("d", "['a']")))
                .extracting(ConfigProblem::message)
                .containsExactly(
                        "the route leads back to itself: a → b → c → a",
                        "the route leads back to itself: b → c → a → b",
                        "the route leads back to itself: c → a → b → c");
    }
}
