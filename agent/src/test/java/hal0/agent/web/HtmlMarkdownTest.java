package hal0.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HtmlMarkdownTest {

    private static String markdown(String html) {
        return HtmlMarkdown.of(Jsoup.parse(html, "https://a.example/docs/"));
    }

    @Test
    void headingsParagraphsAndMarks() {
        assertThat(
                        markdown(
                                "<h2>One <em>two</em></h2><p>a <b>bold </b>word,<br>new <code>x &lt; y</code>"
                                        + "<p>next"))
                .isEqualTo("## One *two*\n\na **bold** word,\nnew `x < y`\n\nnext");
    }

    @Test
    void listsWithinListsKeepTheirPlace() {
        assertThat(
                        markdown(
                                "<ol><li>one<ul><li>a</li><li>b</li></ul></li><li><p>two</p></li></ol>"))
                .isEqualTo("1. one\n   - a\n   - b\n2. two");
    }

    @Test
    void codeKeepsItsLinesItsLanguageAndItsTicks() {
        assertThat(markdown("<pre><code class='language-sh'>a  b\n  ```\n</code></pre>"))
                .isEqualTo("````sh\na  b\n  ```\n````");
    }

    @Test
    void tablesHaveAHeadAndEscapedBars() {
        assertThat(
                        markdown(
                                "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1|2</td>"
                                        + "<td><a href='x'>y</a></td></tr></tbody></table>"))
                .isEqualTo("| A | B |\n| --- | --- |\n| 1\\|2 | [y](https://a.example/docs/x) |");
    }

    @Test
    void linksAndPicturesAreAbsoluteAndScriptsLeadNowhere() {
        assertThat(
                        markdown(
                                "<p><a href='../b c'>b</a> <a href='#top'>top</a> <a"
                                        + " href='javascript:x()'>x</a> <img src='/i.png' alt='pic'><img"
                                        + " src='/j.png'></p>"))
                .isEqualTo("[b](https://a.example/b%20c) top x ![pic](https://a.example/i.png)");
    }

    @Test
    void onlyTheMainPartWithoutWhatMovesAbout() {
        String text = "Long enough to be the main part of a page. ".repeat(8).strip();

        assertThat(
                        markdown(
                                "<title>T</title><body><header>Top</header><nav>Menu</nav><main><p>"
                                        + text
                                        + "</p><script>x()</script><nav>more</nav></main><footer>F</footer>"))
                .isEqualTo("# T\n\n" + text);
        assertThat(
                        markdown(
                                "<header>Top</header><style>p{}</style><p hidden>no</p><div>Only this"
                                        + "</div><aside>Ads</aside>"))
                .isEqualTo("Only this");
    }

    @Test
    void quotesAreMarkedLineByLine() {
        assertThat(markdown("<blockquote><p>a</p><p>b</p></blockquote>")).isEqualTo("> a\n> \n> b");
    }

    @Test
    @Timeout(20)
    void aPageMadeToBreakIsWrittenAsTextFromSomeDepthOn() {
        assertThat(markdown("<div>".repeat(50_000) + "deep")).isEqualTo("deep");
        assertThat(markdown("<b>".repeat(5_000) + "deep")).contains("deep");
        assertThat(markdown("<ul><li>".repeat(3_000) + "deep")).contains("deep");
    }
}
