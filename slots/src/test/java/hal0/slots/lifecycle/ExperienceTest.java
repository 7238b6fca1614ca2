package hal0.slots.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperienceTest {
    /// Or a slot whose context was raised would be planned with what it took before.
    @Test
    void memoryWithOneContextSaysNothingOfAnother() {
        Experience known = Experience.NONE.withMemory("qwen", 8192, 4000);
        assertThat(known.memoryMb("qwen", 8192)).isEqualTo(4000);
        assertThat(known.memoryMb("qwen", 131_072)).isZero();
        assertThat(known.memoryMb("tiny", 8192)).isZero();
    }

    @Test
    void whatWasMeasuredIsKnownToTheNextProcess() {
        Experience known = Experience.NONE.withMemory("qwen", 8192, 4000).withMemory(null, 0, 7);
        Experience read = Experience.of(Map.of("measured", known.memoryMb()));
        assertThat(read.memoryMb("qwen", 8192)).isEqualTo(4000);
        assertThat(read.memoryMb(null, 0)).isEqualTo(7);
    }
}
