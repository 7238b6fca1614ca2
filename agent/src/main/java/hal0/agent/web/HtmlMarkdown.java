package hal0.agent.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/// Writes what a page says as Markdown: its main part, without what serves moving about.
///
/// **Shape** links and pictures are absolute. Depth is bounded: a page of a hundred thousand nested
/// elements is written as text from there on.
final class HtmlMarkdown {
    private static final int DEEPEST = 150;
    private static final int LEAST_MAIN = 200;
    private static final String NOT_SAID =
            "script, style, noscript, template, svg, canvas, iframe, object, nav, button, select,"
                    + " input, textarea, dialog, [hidden], [aria-hidden=true], [role=navigation]";

    private HtmlMarkdown() {}

    static String of(Document page) {
        page.select(NOT_SAID).remove();
        Element main = main(page);
        String text = String.join("\n\n", blocks(main, 0));
        String title = page.title().strip();
        return title.isEmpty() || main.selectFirst("h1") != null
                ? text
                : "# " + title + "\n\n" + text;
    }

    private static Element main(Document page) {
        Elements candidates = page.select("main, [role=main]");
        Elements articles = page.select("article");
        if (candidates.isEmpty() && articles.size() == 1) {
            candidates = articles;
        }
        Element first = candidates.first();
        if (first != null && first.text().length() >= LEAST_MAIN) {
            return first;
        }
        page.select("body > header, body > footer, aside").remove();
        return page.body();
    }

    /// The blocks in `of`, one after the other.
    private static List<String> blocks(Element of, int depth) {
        List<String> blocks = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (Node node : of.childNodes()) {
            if (node instanceof Element element && holdsBlocks(element)) {
                end(line, blocks);
                block(element, depth + 1, blocks);
            } else {
                inline(node, depth + 1, line);
            }
        }
        end(line, blocks);
        return blocks;
    }

    private static void end(StringBuilder line, List<String> blocks) {
        String text = tidy(line);
        if (!text.isEmpty()) {
            blocks.add(text);
        }
        line.setLength(0);
    }

    /// Without spaces at the ends of lines; three breaks and more are two.
    private static String tidy(CharSequence line) {
        return line.toString().replaceAll(" *\n *", "\n").replaceAll("\n{3,}", "\n\n").strip();
    }

    private static boolean holdsBlocks(Element element) {
        if (element.isBlock()) {
            return true;
        }
        for (Element child : element.children()) {
            if (child.isBlock()) {
                return !element.normalName().equals("a");
            }
        }
        return false;
    }

    private static void block(Element element, int depth, List<String> into) {
        if (depth > DEEPEST) {
            add(element.text(), into);
            return;
        }
        String name = element.normalName();
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                String text = inline(element, depth).replace('\n', ' ');
                add(text.isEmpty() ? "" : "#".repeat(name.charAt(1) - '0') + " " + text, into);
            }
            case "p", "dd", "figcaption", "caption" -> into.addAll(blocks(element, depth));
            case "dt" -> add(marked("**", inline(element, depth)), into);
            case "pre" -> add(code(element), into);
            case "ul", "ol" -> add(items(element, depth), into);
            case "blockquote" -> {
                String text = String.join("\n\n", blocks(element, depth));
                add(text.isEmpty() ? "" : indented("> ", "> ", text), into);
            }
            case "table" -> table(element, depth, into);
            case "hr" -> into.add("---");
            default -> into.addAll(blocks(element, depth));
        }
    }

    private static void add(String block, List<String> into) {
        if (!block.isBlank()) {
            into.add(block);
        }
    }

    private static String items(Element list, int depth) {
        boolean ordered = list.normalName().equals("ol");
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Element item : list.children()) {
            List<String> blocks = blocks(item, depth + 1);
            if (blocks.isEmpty()) {
                continue;
            }
            String mark = ordered ? number++ + ". " : "- ";
            String space = " ".repeat(mark.length());
            text.append(text.isEmpty() ? "" : "\n");
            text.append(indented(mark, space, String.join("\n", blocks)));
        }
        return text.toString();
    }

    private static String indented(String first, String others, String text) {
        return first + text.replace("\n", "\n" + others);
    }

    private static String code(Element pre) {
        String text = pre.wholeText().stripTrailing();
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        text = text.startsWith("\n") ? text.substring(1) : text;
        return text.isBlank() ? "" : fence + language(pre) + "\n" + text + "\n" + fence;
    }

    private static String language(Element pre) {
        Element code = pre.selectFirst("code");
        for (Element each : code == null ? List.of(pre) : List.of(code, pre)) {
            for (String name : each.classNames()) {
                for (String start : List.of("language-", "lang-", "highlight-source-")) {
                    if (name.toLowerCase(Locale.ROOT).startsWith(start)) {
                        return name.substring(start.length());
                    }
                }
            }
        }
        return "";
    }

    private static void table(Element table, int depth, List<String> into) {
        Elements rows = table.select("tr");
        if (table.selectFirst("table table, pre, ul, ol") != null || rows.size() < 2) {
            // Made for the layout of the page: its cells are its blocks.
            for (Element cell : table.select("td, th")) {
                if (table.equals(cell.closest("table"))) {
                    into.addAll(blocks(cell, depth + 1));
                }
            }
            return;
        }
        Element caption = table.selectFirst("caption");
        add(caption == null ? "" : inline(caption, depth), into);
        StringBuilder text = new StringBuilder();
        int columns = 0;
        for (Element row : rows) {
            List<String> cells = new ArrayList<>();
            for (Element cell : row.select("> td, > th")) {
                cells.add(inline(cell, depth).replace("\n", " ").replace("|", "\\|"));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
            if (columns == 0) {
                columns = Math.max(1, cells.size());
                text.append("|").append(" --- |".repeat(columns)).append('\n');
            }
        }
        into.add(text.toString().stripTrailing());
    }

    private static String inline(Element element, int depth) {
        StringBuilder line = new StringBuilder();
        for (Node node : element.childNodes()) {
            inline(node, depth + 1, line);
        }
        return tidy(line);
    }

    private static void inline(Node node, int depth, StringBuilder line) {
        if (node instanceof TextNode text) {
            words(text.getWholeText(), line);
        } else if (node instanceof Element element) {
            if (depth > DEEPEST) {
                words(element.text(), line);
            } else {
                element(element, depth, line);
            }
        }
    }

    private static void element(Element element, int depth, StringBuilder line) {
        switch (element.normalName()) {
            case "br" -> line.append('\n');
            case "code", "kbd", "samp", "tt" -> line.append(marked("`", element.text().strip()));
            case "strong", "b" -> around("**", inside(element, depth), line);
            case "em", "i" -> around("*", inside(element, depth), line);
            case "del", "s" -> around("~~", inside(element, depth), line);
            case "img" -> image(element, line);
            case "a" -> link(element, depth, line);
            default -> {
                boolean apart = element.isBlock();
                line.append(apart ? " " : "")
                        .append(inside(element, depth))
                        .append(apart ? " " : "");
            }
        }
    }

    /// As it stands between other words, with the spaces at its ends.
    private static String inside(Element element, int depth) {
        StringBuilder inner = new StringBuilder();
        for (Node node : element.childNodes()) {
            inline(node, depth + 1, inner);
        }
        return inner.toString();
    }

    private static void words(String text, StringBuilder line) {
        String words = text.replaceAll("[\\s\\u00a0]+", " ");
        boolean afterSpace =
                line.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1));
        line.append(afterSpace && words.startsWith(" ") ? words.substring(1) : words);
    }

    /// Marks stand at the words; spaces at the ends stay outside.
    private static void around(String mark, String inner, StringBuilder line) {
        String words = inner.strip();
        line.append(inner.startsWith(" ") ? " " : "");
        line.append(words.indexOf('\n') < 0 ? marked(mark, words) : words);
        line.append(inner.endsWith(" ") ? " " : "");
    }

    private static String marked(String mark, String text) {
        return text.isEmpty() ? "" : mark + text + mark;
    }

    private static void link(Element link, int depth, StringBuilder line) {
        String text = inside(link, depth);
        String words = text.strip().replace('\n', ' ');
        String to = absolute(link, "href");
        line.append(text.startsWith(" ") ? " " : "");
        if (to == null || words.isEmpty()) {
            line.append(words);
        } else {
            line.append('[').append(words).append("](").append(to).append(')');
        }
        line.append(text.endsWith(" ") ? " " : "");
    }

    private static void image(Element image, StringBuilder line) {
        String alt = image.attr("alt").strip();
        String from = absolute(image, "src");
        if (!alt.isEmpty() && from != null) {
            line.append("![").append(alt).append("](").append(from).append(')');
        }
    }

    /// Where it leads on the web, or null: places on the same page and scripts lead nowhere.
    private static @Nullable String absolute(Element element, String attribute) {
        if (element.attr(attribute).startsWith("#")) {
            return null;
        }
        String to = element.absUrl(attribute);
        return to.startsWith("http:") || to.startsWith("https:")
                ? to.replace(" ", "%20").replace(")", "%29")
                : null;
    }
}
