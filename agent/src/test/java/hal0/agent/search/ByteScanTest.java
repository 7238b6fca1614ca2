package hal0.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteScanTest {

    /// Beside it stand the bytes that differ from it in one bit or by one, which a sum of eight
    /// could take for it.
    @Test
    void findsTheFirstWhereverItIs() {
        for (int value = 0; value < 256; value++) {
            byte wanted = (byte) value;
            for (int at = 0; at < 20; at++) {
                byte[] bytes = new byte[21];
                Arrays.fill(bytes, (byte) (value + 1));
                Arrays.fill(bytes, 0, 10, (byte) (value ^ 0x80));
                bytes[at] = wanted;
                bytes[20] = wanted;
                assertThat(ByteScan.find(bytes, wanted, 0, 21)).isEqualTo(at);
                assertThat(ByteScan.find(bytes, wanted, at + 1, 21)).isEqualTo(20);
                assertThat(ByteScan.find(bytes, wanted, at + 1, 20)).isEqualTo(-1);
            }
        }
    }
}
