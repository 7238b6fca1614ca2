package hal0.relay.api;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.api.SlotStreams.Item;
import hal0.relay.control.SlotLine;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AheadTest {
    private static final Item LONG = new Item(null, new SlotLine(null, false, "x".repeat(65_536)));
    private static final Item SHORT = new Item(null, new SlotLine(null, false, ""));

    private final Ahead ahead = new Ahead();

    private int room(Item item) {
        int taken = 0;
        while (ahead.offer(item)) {
            taken++;
        }
        return taken;
    }

    @Test
    void longLinesFillItAsManyShortOnesDo() {
        assertThat(room(LONG)).isEqualTo(64);
        assertThat(new Ahead().offer(SHORT)).isTrue();
    }

    @Test
    void whatIsReadMakesRoomAgain() throws InterruptedException {
        room(LONG);
        assertThat(ahead.poll(Duration.ZERO)).isEqualTo(LONG);
        assertThat(room(LONG)).isEqualTo(1);
    }

    @Test
    void endFindsRoomWhereThereIsNone() throws InterruptedException {
        assertThat(room(SHORT)).isEqualTo(Ahead.ITEMS);
        ahead.end();
        Item last = SHORT;
        while (!ahead.isEmpty()) {
            last = ahead.poll(Duration.ZERO);
        }
        assertThat(last).isEqualTo(Item.END);
    }
}
