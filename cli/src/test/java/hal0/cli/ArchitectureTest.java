package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final Map<String, ArchRule> RULES = Rules.all();
    private static JavaClasses main;
    private static JavaClasses planted;

    static Stream<String> rules() {
        return RULES.keySet().stream();
    }

    @BeforeAll
    static void read() {
        main =
                new ClassFileImporter()
                        .withImportOption(location -> !ofTests(location))
                        .importPackages("hal0");
        planted =
                new ClassFileImporter()
                        .withImportOption(ArchitectureTest::ofTests)
                        .importPackages(
                                Stream.of("home", "providers", "slots", "agent", "relay", "tui")
                                        .map(module -> "hal0." + module + ".planted")
                                        .toList());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void mainCodeKeeps(String rule) {
        RULES.get(rule).allowEmptyShould(true).check(main);
    }

    /// A rule with a slip in it passes on everything.
    @ParameterizedTest
    @MethodSource("rules")
    void plantedCodeBreaks(String rule) {
        assertThat(RULES.get(rule).evaluate(planted).getFailureReport().getDetails()).isNotEmpty();
    }

    @Test
    void allModulesWereSeen() {
        assertThat(main.size()).isGreaterThan(150);
        for (String module :
                List.of("home", "providers", "slots", "agent", "relay", "tui", "cli")) {
            assertThat(main).anyMatch(c -> c.getPackageName().startsWith("hal0." + module));
        }
        assertThat(main).noneMatch(c -> c.getSimpleName().endsWith("Test"));
    }

    private static boolean ofTests(Location location) {
        return location.contains("/test-classes/") || location.contains("-tests.jar");
    }
}
