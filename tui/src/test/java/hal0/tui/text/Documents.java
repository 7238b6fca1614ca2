package hal0.tui.text;

import java.util.List;
import java.util.Random;

/// What models write, the nasty things too.
final class Documents {
    private Documents() {}

    static final List<String> ALL =
            List.of(
                    """
                    # Title `x` **y**

                    Text with *one*, **two**, ***three***, ~~four~~, `co*de*`, _five_ and snake_case.
                    Unclosed **bold and `code. A [link](https://a.b/c?d=e), https://x.y/z.
                    - item
                      - nested item
                    1. first
                    10) tenth
                    - [ ] open
                    - [x] done
                    > quote
                    >> deeper
                    ---
                    last line without an end\
                    """,
                    """
                    | name | 値段 |
                    |:-----|-----:|
                    | `a|b` | \\| |
                    | long cell that is wide | 2 |
                    | x | 3 |
                    | a cell that is a good deal longer than those before it were | 4 |
                    | <br>two<br/>lines | **5** |
                    after the table
                    | not a table |
                    plain
                    a | b
                    --- | ---
                    1 | 2

                    no | table
                    but text
                    """,
                    """
                    ```java
                    int x = 1; // **not bold**
                    /* a comment
                       of lines */ String s = "text";
                    # not a heading
                    ```
                    ~~~
                    ``` inside
                    ~~~
                    1. Do this:
                       ```sh
                       echo "x" \\
                         | grep y
                       ```
                       and then
                    2. - ```
                         in an item
                         ```
                    > ```python
                    > def f(): return "q"
                    >     pass
                    > ```
                    > after
                    > ```
                    > a quote that ends
                    without its fence
                    ````md
                    ```
                    nested
                    ```
                    ````
                    ```unclosed
                    to the end
                    """,
                    """
                    Setext
                    ======
                    Second
                    ------
                    A [reference][1], a note[^n], <https://auto.link/x>, <a@b.de>, &lt;tag&gt; &#39;.
                    <details><summary>More</summary>

                    Line<br>break, List<String>, <b>bold</b>, <!-- hidden --> and <kbd>Ctrl</kbd>.

                        indented code
                        second line

                    </details>

                    [1]: https://example.org "Title"
                    [^n]: The note.
                    """,
                    """
                    $$
                    \\int_0^1 x^2 dx
                    $$
                    From $5 to $10, \\(a_1 * b_1\\), $x_i$ and \\[y\\].
                    \\[
                    e = mc^2
                    \\]
                    hard  \nbreak\\
                    2 * 3 * 4, 2*3*4, __init__.py, **「重要」**です, \\*escaped\\*.
                    ![image](a.png) [a](b(c)) [**bold** link](x "t") [unclosed](http
                    * * *
                    - - nested
                    -
                    +
                    """,
                    "| a |\n|---|\n" + "| cell `x` **y** |\n".repeat(30) + "\ndone",
                    "word ".repeat(4000),
                    "x".repeat(20_000) + "\n```\n" + "y".repeat(20_000) + "\n```\nend",
                    "|" + " *a `b [c ~~d _e ".repeat(300) + "\n\r\n\u001b[31mred\u0007\n");

    /// Lines of marks and words in any order.
    static String random(Random random) {
        String[] parts = {
            "*",
            "**",
            "_",
            "`",
            "```",
            "~~~",
            "|",
            "|-|-|",
            "- ",
            "1. ",
            "> ",
            "#",
            "# ",
            "[",
            "](",
            ")",
            "<br>",
            "<b>",
            "\n",
            "\n",
            "\n\n",
            "    ",
            "  ",
            "word",
            "two words",
            "日本",
            "$",
            "$$",
            "\\",
            "\\[",
            "---",
            "===",
            "java",
            "\"",
            "/*",
            "*/",
            "&amp;",
            "http://x.y",
            "[^1]:",
            "\t",
            "👩‍👩‍👧",
            "| a | b |\n"
        };
        StringBuilder out = new StringBuilder();
        int count = 5 + random.nextInt(80);
        for (int i = 0; i < count; i++) {
            out.append(parts[random.nextInt(parts.length)]);
        }
        return out.toString();
    }
}
