package hal0.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import hal0.relay.routing.NamedRoute.Patience;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteSectionTest {
    private static final String HEAD = "[[route]]\nmodel = \"smart\"\n";
    private static final String TWO = "targets = [\"a/x\", \"b/y\"]\n";

    private static Settings read(String text) {
        return Settings.of("config.toml", text, List.of(RouteSection.SECTION));
    }

    private static List<NamedRoute> routes(String text) {
        Settings settings = read(text);
        assertThat(settings.problems()).isEmpty();
        return settings.get(RouteSection.SECTION);
    }

    @Test
    void everythingThatIsWrittenDownIsRead() {
        assertThat(
                        routes(
                                """
                                [[route]]
                                model = "smart"
                                targets = ["a/x", "b/y"]
                                strategy = "weighted"
                                weights = [3, 0.5]
                                retries = 1
                                first_token_timeout_seconds = 2.5
                                idle_timeout_seconds = 3
                                rescue_midstream = false
                                aliases = ["clever"]
                                """))
                .containsExactly(
                        new NamedRoute(
                                "smart",
                                List.of("a/x", "b/y"),
                                Strategy.WEIGHTED,
                                List.of(3.0, 0.5),
                                new Patience(
                                        1, Duration.ofMillis(2500), Duration.ofSeconds(3), false),
                                List.of("clever"),
                                "route[0]",
                                1));
    }

    @Test
    void whereThereIsSomewhereElseToGoTheUsualPatienceIsShort() {
        assertThat(routes(HEAD + TWO).getFirst().patience())
                .isEqualTo(new Patience(2, Duration.ofSeconds(10), Duration.ofSeconds(15), true));
        assertThat(routes(HEAD + TWO).getFirst().strategy()).isEqualTo(Strategy.FALLBACK);
    }

    @Test
    void aSingleTargetKeepsItsOwnPatienceUnlessTheRouteNamesOne() {
        assertThat(routes(HEAD + "targets = [\"a/x\"]").getFirst().patience())
                .isEqualTo(new Patience(null, null, null, true));
        assertThat(
                        routes(HEAD + "targets = [\"a/x\"]\nidle_timeout_seconds = 4")
                                .getFirst()
                                .patience()
                                .idle())
                .isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targets = ['a/x']                      | config.toml:1: route[0]: the route has no name",
                "model = ''                             | config.toml:2: route[0].model: the route has no name",
                "model = 's'                            | config.toml:1: route[0]: the route leads nowhere",
                "model = 's';targets = []               | config.toml:3: route[0].targets: the route leads nowhere",
                "model = 's';targets = ['a/x', '']      | config.toml:3: route[0].targets: a target is empty",
                "model = 's';targets = ['a/x', 'a/x']   | config.toml:3: route[0].targets: a target is named twice",
                "model = 's';targets = ['a/x'];strategy = 'fallbak' | did you mean \"fallback\"",
                "model = 's';targets = ['a/x'];strategy = 'weighted' | \"weighted\" needs weights (add them: for example weights = [1])",
                "model = 's';targets = ['a/x','b/y'];strategy = 'weighted';weights = [1] | 1 weights for 2 targets (write one for each target, for example weights = [2, 1])",
                "model = 's';targets = ['a/x'];strategy = 'weighted';weights = [0] | all of them are 0",
                "model = 's';targets = ['a/x'];strategy = 'weighted';weights = [-1] | item 1 is the number -1, but must be a number of at least 0.0",
                "model = 's';targets = ['a/x'];strategy = 'weighted';weights = ['a'] | item 1 is the text \"a\"",
                "model = 's';targets = ['a/x'];strategy = 'weighted';weights = 3 | is the number 3, but must be a list of numbers",
                "model = 's';targets = ['a/x'];retries = 99 | must be from 0 to 10",
                "model = 's';targets = ['a/x'];idle_timeout_seconds = 0 | must be at least 0.001",
                "model = 's';targets = ['a/x'];aliases = ['s'] | \"s\" is the route itself",
                "model = 's';targets = ['a/x'];alias = ['t'] | aliases",
            })
    void aWrongTableSaysWhereAndWhatToDo(String table, String problem) {
        Settings settings = read("[[route]]\n" + table.replace(';', '\n').replace('\'', '"'));

        assertThat(settings.usable()).isFalse();
        assertThat(settings.problems()).anySatisfy(p -> assertThat(p).asString().contains(problem));
        assertThat(settings.problems()).allSatisfy(p -> assertThat(p.line()).isPositive());
    }

    @Test
    void noNameLeadsTwoWays() {
        Settings settings =
                read(
                        """
                        [[route]]
                        model = "smart"
                        targets = ["a/x"]
                        aliases = ["clever"]
                        [[route]]
                        model = "clever"
                        targets = ["a/y"]
                        [[route]]
                        model = "other"
                        targets = ["a/z"]
                        aliases = ["smart"]
                        """);

        assertThat(settings.problems())
                .extracting(ConfigProblem::toString)
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .startsWith(
                                                "config.toml:6: route[1].model: \"clever\" is the"
                                                        + " name of the route in line 1 already"),
                        second ->
                                assertThat(second)
                                        .startsWith(
                                                "config.toml:11: route[2].aliases: \"smart\" is the"
                                                        + " name of the route in line 1 already"));
    }

    @Test
    void weightsWithoutTheStrategyAreAWarning() {
        Settings settings = read(HEAD + TWO + "weights = [1, 2]");

        assertThat(settings.usable()).isTrue();
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains("weights count with strategy = \"weighted\" only");
        assertThat(settings.get(RouteSection.SECTION).getFirst().weights()).isEmpty();
    }

    @Test
    void allProblemsComeAtOnce() {
        assertThat(
                        read("[[route]]\nstrategy = \"x\"\nretries = \"many\"\n[[route]]\nmodel = 3\n")
                                .problems())
                .hasSizeGreaterThanOrEqualTo(5);
    }
}
