package hal0.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "shel(ls) | begins with one of read, edit, shell, fetch, mcp, remember (did you mean \"shell\"?)",
                "bash(ls) | begins with one of",
                "shell(ls | the parenthesis is not closed",
                "edit() | nothing is in the parentheses; \"edit\" alone means all of it",
                "shell(echo 'a) | a quote is not closed",
                "remember(x) | \"remember\" takes no parentheses",
            })
    void aBadRuleSaysWhatIsWrongWithIt(String rule, String message) {
        assertThatThrownBy(() -> Rule.parse(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(rule)
                .hasMessageContaining(message);
    }

    @Test
    void aBadRuleInTheConfigurationIsAProblemWithItsPlaceAndTheOthersHold() {
        String text =
                """
                [permissions]
                allow = ["shell(ls)", "edti(src/**)"]
                deny = ["read(.env*)"]
                """;
        Settings settings = Settings.of("config.toml", text, List.of(PermissionSection.SECTION));
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("config.toml:2: permissions.allow: \"edti(src/**)\"")
                .contains("did you mean \"edit\"?");
        Rules rules = settings.get(PermissionSection.SECTION);
        assertThat(rules.allow()).extracting(Rule::text).containsExactly("shell(ls)");
        assertThat(rules.deny()).extracting(Rule::text).containsExactly("read(.env*)");
    }
}
