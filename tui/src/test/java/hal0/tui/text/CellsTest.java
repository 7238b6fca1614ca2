package hal0.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {
    @ParameterizedTest
    @CsvSource({
        "a, 1",
        "é, 1",
        "e\u0301, 1",
        "日, 2",
        "日本語, 6",
        "ｱ, 1",
        "Ａ, 2",
        "한글, 4",
        "\u1112\u1161\u11ab, 2",
        "👍, 2",
        "👍🏽, 2",
        "👩‍👩‍👧, 2",
        "🇩🇪, 2",
        "🇩🇪🇫🇷, 4",
        "❤️, 2",
        "❤\ufe0e, 1",
        "1️⃣, 2",
        "☎, 1",
        "⌚, 2",
        "─, 1",
        "•, 1",
        "…, 1",
        "ก็, 1",
        "नि, 1",
        "שלום, 4",
        "\u0301, 1",
        "𠀀, 2",
        "ﾞ, 1",
        "ｶﾞ, 2",
        "①, 1",
        "α, 1",
        "Я, 1",
        "°, 1",
        "“, 1",
        "★, 1",
        "⇒, 1",
        "█, 1",
        "\u1100, 2",
        "\u1100\u1161, 2",
        "\uac00\u11a8, 2",
        "مرحبا, 5",
        "اَلْ, 2",
        "שָׁלוֹם, 4",
        "हिन्दी, 3",
        "กำ, 2",
        "한국어, 6",
        "☰, 2",
        "⏏, 1",
        "⏏️, 2",
        "⏩, 2",
        "©, 1",
        "©️, 2",
        "#️⃣, 2",
        "🀄, 2",
        "🫨, 2",
        "🧑‍🤝‍🧑, 2",
        "🏳️‍🌈, 2",
        "🏴‍☠️, 2",
        "👁️‍🗨️, 2",
        "🇩, 2",
        "⌚\ufe0e, 1",
        "x\u200dy, 2",
        "𝒳, 1",
        "﷽, 1"
    })
    void widthIsWhatTerminalsDraw(String text, int cells) {
        assertThat(Cells.width(text)).isEqualTo(cells);
    }

    @Test
    void clustersAreThoseOfTheJdk() {
        String text =
                "Zoë e\u0301 日本 👩‍👩‍👧x👍🏽 🇩🇪🇫🇷🇮 한글 \u1112\u1161\u11ab 1️⃣ ❤️‍🔥 ก็ 🏴\uDB40\uDC67\uDB40\uDC7F a\nb";
        BreakIterator jdk = BreakIterator.getCharacterInstance(Locale.ROOT);
        jdk.setText(text);
        List<Integer> expected = new ArrayList<>();
        for (int end = jdk.next(); end != BreakIterator.DONE; end = jdk.next()) {
            expected.add(end);
        }
        List<Integer> ours = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            at = Graphemes.next(text, at);
            ours.add(at);
        }
        assertThat(ours).isEqualTo(expected);
    }

    @Test
    void previousIsTheInverseOfNext() {
        String text = "a👩‍👩‍👧日\ne\u0301";
        int at = text.length();
        List<Integer> starts = new ArrayList<>();
        while (at > 0) {
            at = Graphemes.previous(text, at);
            starts.add(at);
        }
        List<Integer> forward = new ArrayList<>();
        for (int start = 0; start < text.length(); start = Graphemes.next(text, start)) {
            forward.add(start);
        }
        assertThat(starts.reversed()).isEqualTo(forward);
    }

    @Test
    void cuttingNeverHalvesACluster() {
        assertThat(Cells.cut("日本", 3)).isEqualTo("日");
        assertThat(Cells.cut("👩‍👩‍👧x", 1)).isEmpty();
        assertThat(Cells.ellipsis("hello world", 6)).isEqualTo("hello…");
        assertThat(Cells.pad("日", 4)).isEqualTo("日  ");
    }
}
