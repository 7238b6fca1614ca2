package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.relay.route.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
    @Test
    void whereNothingIsTakenThatIsSaid() {
        assertThatThrownBy(() -> JsonBody.of("{\"zz\":1}".getBytes(UTF_8), List.of()))
                .hasMessageContaining("there is no such field; there are none");
    }

    @Test
    void onlyWhereAProviderIsDeclaredAreKeysSaidToGoElsewhere() {
        byte[] body = "{\"value\":\"x\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> JsonBody.of(body, List.of(Field.text("auth_value_env", "Which."))))
                .hasMessageContaining("keys are not sent here");
        assertThatThrownBy(() -> JsonBody.of(body, List.of(Field.any("values", "Keys."))))
                .hasMessageContaining("there is no such field")
                .hasMessageContaining("values");
    }
}
