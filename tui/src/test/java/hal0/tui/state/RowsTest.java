package hal0.tui.state;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.text.Role;
import hal0.tui.text.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void olderViewsStayAsTheyWere() {
        Row a = Row.plain("a", Role.PLAIN);
        Row b = Row.plain("b", Role.PLAIN);
        Row c = Row.plain("c", Role.PLAIN);
        Rows one = Rows.EMPTY.with(List.of(a));
        Rows two = one.with(List.of(b));
        Rows other = one.with(List.of(c));
        assertThat(one.size()).isEqualTo(1);
        assertThat(two.get(1)).isSameAs(b);
        assertThat(other.get(1)).isSameAs(c);
        assertThat(Rows.EMPTY.size()).isZero();
    }
}
