package hal0.tui.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '~',
            value = {
                "java ¦ public int x = 1; ¦ public ¦ KEYWORD",
                "java ¦ String s = new Foo().bar(); ¦ bar ¦ FUNCTION",
                "kotlin ¦ fun main() { val a = 1 } ¦ fun ¦ KEYWORD",
                "scala ¦ val a: Int = 1 ¦ val ¦ KEYWORD",
                "groovy ¦ def a = 'x' ¦ 'x' ¦ STRING",
                "javascript ¦ const a = () => 1 // x ¦ // x ¦ COMMENT",
                "jsx ¦ const a = 'b' ¦ 'b' ¦ STRING",
                "typescript ¦ let a: number = 12; ¦ let ¦ KEYWORD",
                "python ¦ def f(): # note ¦ # note ¦ COMMENT",
                "ruby ¦ def f; end ¦ def ¦ KEYWORD",
                "go ¦ func main() {} ¦ func ¦ KEYWORD",
                "rust ¦ fn main() { let x = 1u8; } ¦ fn ¦ KEYWORD",
                "c ¦ return 0x1f; ¦ 0x1f ¦ NUMBER",
                "c++ ¦ class A {}; ¦ class ¦ KEYWORD",
                "c# ¦ using System; ¦ using ¦ KEYWORD",
                "swift ¦ let x = \"a\" ¦ let ¦ KEYWORD",
                "php ¦ <?php echo 'x'; ¦ echo ¦ KEYWORD",
                "bash ¦ if true; then # x ¦ # x ¦ COMMENT",
                "powershell ¦ foreach ($a in $b) {} ¦ foreach ¦ KEYWORD",
                "sql ¦ SELECT a FROM b ¦ SELECT ¦ KEYWORD",
                "html ¦ <p class=\"x\">y</p> ¦ p ¦ KEYWORD",
                "css ¦ a { color: red; } /* x */ ¦ /* x */ ¦ COMMENT",
                "json ¦ {\"a\": 12} ¦ 12 ¦ NUMBER",
                "yaml ¦ a: 1 # x ¦ # x ¦ COMMENT",
                "toml ¦ a = \"x\" # y ¦ a ¦ ATTRIBUTE",
                "xml ¦ <a b=\"c\"/> ¦ a ¦ KEYWORD",
                "markdown ¦ # Title ¦ # Title ¦ HEADING",
                "lua ¦ local x = 1 -- y ¦ local ¦ KEYWORD",
                "perl ¦ my $x = 'y'; ¦ my ¦ FUNCTION",
                "r ¦ f <- function(x) x ¦ function ¦ KEYWORD",
                "haskell ¦ f :: Int -> Int -- x ¦ -- x ¦ COMMENT",
                "elixir ¦ defmodule A do ¦ defmodule ¦ KEYWORD",
                "clojure ¦ (defn f [x] x) ; y ¦ ; y ¦ COMMENT",
                "dart ¦ class A {} ¦ class ¦ KEYWORD",
                "zig ¦ const x: u8 = 1; ¦ u8 ¦ TYPE",
                "dockerfile ¦ FROM alpine ¦ FROM ¦ KEYWORD",
                "makefile ¦ # x ¦ # x ¦ COMMENT",
                "diff ¦ +added ¦ +added ¦ ADDED",
                "ini ¦ ; x ¦ ; x ¦ COMMENT",
                "properties ¦ # x ¦ # x ¦ COMMENT",
                "hcl ¦ resource \"a\" \"b\" {} ¦ resource ¦ KEYWORD",
                "protobuf ¦ message A {} ¦ message ¦ KEYWORD",
                "graphql ¦ query A { b } ¦ query ¦ KEYWORD",
                "nix ¦ let x = 1; in x ¦ let ¦ KEYWORD",
                "{.java .numberLines} ¦ public int x; ¦ public ¦ KEYWORD",
                "src/Main.java ¦ public int x; ¦ public ¦ KEYWORD",
                "js title=\"a.js\" ¦ const a = 1 ¦ const ¦ KEYWORD"
            })
    void languagesThatPeopleUseAreColoured(String label, String line, String part, Role role) {
        Lexer lexer = Languages.find(label);
        assertThat(lexer).as(label).isNotNull();
        List<Span> spans = Code.of(lexer).line(line).spans();
        assertThat(spans)
                .as(label)
                .anyMatch(span -> span.ink().role() == role && span.text().strip().equals(part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-language", "text", "plaintext", "output", "mermaid"})
    void whatNobodyKnowsIsShownPlain(String label) {
        assertThat(Code.of(Languages.find(label)).line("if x \"y\"").spans())
                .containsExactly(Span.of("if x \"y\"", Role.CODE_BLOCK));
    }

    @Test
    void commentsAndStringsGoOnInTheNextLine() {
        assertThat(roles("java", "/* a", "b */ int x;")).containsExactly("COMMENT", "COMMENT");
        assertThat(roles("python", "s = \"\"\"a", "b", "\"\"\" + c"))
                .containsExactly("CODE_BLOCK", "STRING", "STRING");
        assertThat(roles("swift", "/* a", "b", "*/ let x")).containsOnly("COMMENT");
        assertThat(roles("markdown", "```", "# code", "```", "# title"))
                .containsExactly("ATTRIBUTE", "STRING", "ATTRIBUTE", "HEADING");
    }

    private static List<String> roles(String language, String... lines) {
        Code code = Code.of(Languages.find(language));
        List<String> roles = new ArrayList<>();
        for (String line : lines) {
            Code.Coloured coloured = code.line(line);
            roles.add(coloured.spans().getFirst().ink().role().name());
            code = coloured.next();
        }
        return roles;
    }

    @Test
    void aLineStaysWhatItWasAndCostsLittleWhateverItHolds() {
        Random random = new Random(5);
        String signs = "\"'`/*#-<>{}()[]=\\$@ \n+abcdefZ_019.;:%|&日";
        for (String language :
                List.of(
                        "java",
                        "js",
                        "python",
                        "html",
                        "php",
                        "bash",
                        "perl",
                        "yaml",
                        "sql",
                        "rust",
                        "ruby",
                        "css",
                        "json",
                        "swift",
                        "haskell",
                        "toml",
                        "nix",
                        "markdown",
                        "c",
                        "clojure",
                        "xml",
                        "powershell",
                        "kotlin",
                        "go",
                        "lua",
                        "dockerfile",
                        "ini")) {
            Code code = Code.of(Languages.find(language));
            for (int round = 0; round < 200; round++) {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(60); i > 0; i--) {
                    char c = signs.charAt(random.nextInt(signs.length()));
                    text.append(c == '\n' ? ' ' : c);
                }
                Code.Coloured coloured = code.line(text.toString());
                StringBuilder back = new StringBuilder();
                coloured.spans().forEach(span -> back.append(span.text()));
                assertThat(back.toString()).as(language).isEqualTo(text.toString());
                assertThat(code.line(text.toString())).isEqualTo(coloured);
                code = coloured.next();
            }
        }
    }

    /// So often that a line which costs tens of times as much as another would not be done.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noLineHoldsUpTheScreen() {
        for (String language : List.of("java", "js", "python", "rust", "perl", "php", "swift")) {
            for (String part : List.of("\"", "(((", "/*", "x", "<", "{\\")) {
                String line = part.repeat(Code.LONGEST / part.length());
                Code code = Code.of(Languages.find(language));
                for (int i = 0; i < 200; i++) {
                    assertThat(code.line(line).spans()).as(language + " " + part).isNotEmpty();
                }
            }
        }
    }
}
