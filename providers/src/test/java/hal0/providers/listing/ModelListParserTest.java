package hal0.providers.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.price.Price;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListParserTest {
    private static Price price(String pricing) {
        String list = "{\"data\":[{\"id\":\"m\",\"pricing\":%s}]}".formatted(pricing);
        return ModelListParser.parse(list.getBytes(UTF_8))
                .orElseThrow()
                .models()
                .getFirst()
                .price();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input\":-3,\"output\":-3}",
                "{\"prompt\":\"-1\",\"completion\":\"-1\"}",
                "{\"input\":1e999999999,\"output\":1e999999999}",
                "{\"prompt\":\"1e-999999999\",\"completion\":\"1e-999999999\"}"
            })
    void whatNoPriceCanBeIsNone(String pricing) {
        assertThat(price(pricing)).isEqualTo(Price.UNKNOWN);
    }
}
