package hal0.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void valuesAreReadHoweverAModelWritesThem() throws JsonProcessingException {
        Arguments plain = of("{'text': 'a', 'number': 3, 'flag': true}");
        Arguments quoted = of("{'text': 'a', 'number': ' 3', 'flag': 'true'}");
        for (Arguments each : List.of(plain, quoted)) {
            assertThat(each.text("text")).isEqualTo("a");
            assertThat(each.number("number", 1, 0, 9)).isEqualTo(3);
            assertThat(each.flag("flag")).isTrue();
        }
    }

    @Test
    void nullIsAbsent() throws JsonProcessingException {
        Arguments given = of("{'text': null, 'number': null, 'flag': null, 'list': null}");
        assertThat(given.textOrNull("text")).isNull();
        assertThat(given.number("number", 7, 0, 9)).isEqualTo(7);
        assertThat(given.flag("flag")).isFalse();
        assertThat(given.objects("list", "of")).isEmpty();
    }

    @Test
    void whatIsWrongIsNamedByItsPlace() {
        wrong("\"text\" must be a string", "{'text': 1}");
        wrong("\"number\" must be a whole number", "{'text': 'a', 'number': 1.5}");
        wrong("\"number\" is 10; it goes from 0 to 9", "{'text': 'a', 'number': 10}");
        wrong("\"flag\" must be true or false", "{'text': 'a', 'flag': 1}");
        wrong("\"list\" must be a list", "{'text': 'a', 'list': {}}");
        wrong("\"list\" must be a list of objects", "{'text': 'a', 'list': [1]}");
        wrong("\"list[1].of\" is missing: give it", "{'text': 'a', 'list': [{'of':'x'}, {}]}");
        wrong(
                "there is no argument \"list[0].off\" (did you mean \"of\"?); the arguments are of",
                "{'text': 'a', 'list': [{'off': 'x'}]}");
    }

    private static void wrong(String message, String json) {
        assertThatThrownBy(
                        () -> {
                            Arguments given = of(json);
                            given.text("text");
                            given.number("number", 0, 0, 9);
                            given.flag("flag");
                            given.objects("list", "of").forEach(each -> each.text("of"));
                        })
                .isInstanceOf(ToolException.class)
                .hasMessage(message);
    }

    private static Arguments of(String json) throws JsonProcessingException {
        ObjectNode given = (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        return Arguments.of(given, "text", "number", "flag", "list");
    }
}
