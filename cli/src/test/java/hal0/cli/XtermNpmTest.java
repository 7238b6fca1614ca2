package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hal0` in a terminal of others. What is on its screen after any changes must be what it shows
/// when all is drawn anew.
@Tag("npm")
class XtermNpmTest {
    private static final String CONFIG =
            """
            [active]
            provider = "oa"
            model = "m1"
            [providers.oa]
            base_url = "%s"
            retries = 0
            input_price_per_1m_tokens = 2.5
            output_price_per_1m_tokens = 10.0
            [relay]
            port = 0
            """;
    private static final String CTRL_L = "\u000c";

    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private Path npm;
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        npm = Path.of(where);
        home = new TestHome(folder).config(CONFIG.formatted(openAi.baseUrl()));
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    private XtermProgram start(int columns, int rows, String... arguments) throws Exception {
        return XtermProgram.start(npm, columns, rows, home.hal0(), arguments);
    }

    /// Draws all anew and compares.
    private static void assertTrueToState(XtermProgram hal0) {
        XtermProgram.Screen before = hal0.screen();
        long written = hal0.written();
        hal0.type(CTRL_L);
        // What is drawn anew comes in several pieces, the first of which clears the screen.
        hal0.await(
                after ->
                        hal0.written() > written + 100
                                && after.text().equals(before.text())
                                && after.x() == before.x()
                                && after.y() == before.y(),
                "the same screen drawn anew as\n" + before.text());
    }

    private static String[] pieces(String text) {
        List<String> out = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end =
                    text.offsetByCodePoints(
                            at, Math.min(7, text.codePointCount(at, text.length())));
            out.add(text.substring(at, end));
            at = end;
        }
        return out.toArray(String[]::new);
    }

    private static String document(int sections) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i <= sections; i++) {
            out.append("## Part ")
                    .append(i)
                    .append("\n\n")
                    .append(
                            "世界 wide, 👩‍👩‍👧‍👦 joined, é combined, 🇩🇪 flag, **bold** and `code`, long enough to be wrapped at any width that there is.\n\n")
                    .append("| name | value |\n|---|---:|\n| a | ")
                    .append(i)
                    .append(" |\n| 東京 | 22 |\n\n")
                    .append("```java\nint part = ")
                    .append(i)
                    .append(";\n\tif (part > 0) {}\n```\n\n- one\n- two\n\n");
        }
        return out.append("The end.").toString();
    }

    @ParameterizedTest
    @CsvSource({"120,40", "80,24", "40,12"})
    void screenIsTrueWhateverScrolledThroughIt(int columns, int rows) throws Exception {
        openAi.says(pieces(document(12)));
        try (XtermProgram hal0 = start(columns, rows)) {
            hal0.await("oa/m1", "Ask anything");
            hal0.type("write\r");
            hal0.await("The end.");
            hal0.await(s -> !s.text().contains("interrupts"), "the turn over");
            assertTrueToState(hal0);
            for (String key : List.of("\u001b[5~", "\u001b[5~", "\u001b[6~")) {
                String before = hal0.screen().text();
                hal0.type(key);
                hal0.await(s -> !s.text().equals(before), "another part of the transcript");
                assertTrueToState(hal0);
            }
            hal0.type("\u001b[F");
            hal0.await("The end.");
            hal0.type("/exit\r");
            assertThat(hal0.ended()).isZero();
            XtermProgram.Screen left = hal0.screen();
            assertThat(left.alternate()).isFalse();
            assertThat(left.paste()).isFalse();
            assertThat(left.focus()).isFalse();
            assertThat(left.mouse()).isEqualTo("none");
            assertThat(String.join("\n", left.history())).contains("The end.");
        }
    }

    @Test
    void screenIsTrueAfterAStormOfResizes() throws Exception {
        openAi.says(pieces(document(8)));
        Random random = new Random(7);
        try (XtermProgram hal0 = start(100, 30)) {
            hal0.await("oa/m1");
            hal0.type("write\r");
            for (int i = 0; i < 40; i++) {
                hal0.resize(20 + random.nextInt(140), 5 + random.nextInt(50));
            }
            hal0.resize(90, 28);
            hal0.await("The end.");
            hal0.await(s -> !s.text().contains("interrupts"), "the turn over");
            hal0.await(s -> s.lines().getLast().contains("oa/m1"), "the status line at the end");
            assertTrueToState(hal0);
        }
    }

    @Test
    void whatAModelWritesDoesNothingToTheTerminal() throws Exception {
        openAi.says(
                "\u001b]0;taken\u0007\u001b]52;c;aGk=\u0007\u0007\u001b[2J\u001b[1;1Hup \u009b5A\u202eabc ",
                "\u001b[?1049l\u001bc and on. Done.");
        try (XtermProgram hal0 = start(80, 24)) {
            hal0.await("oa/m1");
            hal0.type("write\r");
            XtermProgram.Screen screen = hal0.await("Done.", "› write");
            assertThat(screen.titles()).isZero();
            assertThat(screen.bells()).isZero();
            assertThat(screen.clipboard()).isEmpty();
            assertThat(screen.alternate()).isTrue();
            assertTrueToState(hal0);
        }
    }

    @Test
    void megabyteIsPastedAndSent() throws Exception {
        openAi.says("read it all");
        String line = "0123456789 abcdefghij 世界\n";
        String text = line.repeat(1_000_000 / line.length());
        try (XtermProgram hal0 = start(80, 24)) {
            hal0.await("oa/m1", "Ask anything");
            hal0.type("\u001b[200~" + text + "\u001b[201~");
            hal0.await("pasted");
            hal0.type(" mind it\r");
            hal0.await("read it all");
        }
        assertThat(openAi.takeAsked().body()).contains("世界", "mind it").hasSizeGreaterThan(990_000);
    }

    @Test
    void withoutColoursNoneIsShown() throws Exception {
        openAi.says("# Head\n\n`code` and **bold**\n");
        try (XtermProgram hal0 =
                XtermProgram.start(npm, 80, 24, home.hal0().set("NO_COLOR", "1"))) {
            hal0.await("oa/m1");
            hal0.type("write\r");
            assertThat(hal0.await("code and bold").colors()).isEmpty();
        }
    }
}
