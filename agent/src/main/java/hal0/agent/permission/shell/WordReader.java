package hal0.agent.permission.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one word: quotes, escapes, expansions; what runs inside an expansion is read by
/// [ExpansionReader]. **Threads** one.
///
/// **Source** https://www.gnu.org/software/bash/manual/bash.html#Shell-Syntax and
/// #Shell-Expansions, read 2026-11-21.
final class WordReader {
    /// Escapes of `$'…'` with one plain meaning.
    private static final Pattern PLAIN_ESCAPE = Pattern.compile("\\\\([nt\\\\'\"])");

    private final Source in;
    private final ExpansionReader expansions;

    private StringBuilder text = new StringBuilder();
    private boolean bare;
    private boolean brace;
    private boolean braceSeparator;

    WordReader(Source in, ExpansionReader expansions) {
        this.in = in;
        this.expansions = expansions;
    }

    /// The word that begins here; empty when none does.
    Word read() {
        if (in.peek() == '#') {
            throw new Unclear("there is a comment where a word should be");
        }
        text = new StringBuilder();
        bare = true;
        brace = false;
        braceSeparator = false;
        int start = in.at;
        while (!ended()) {
            unquoted(in.next(), in.at - 1 == start);
        }
        return brace && braceSeparator
                ? Word.UNKNOWN
                : new Word(text.toString(), bare && in.at > start);
    }

    private boolean ended() {
        char c = in.peek();
        boolean substitution = (c == '<' || c == '>') && in.peek(1) == '(';
        return Source.endsWord(c) && !substitution;
    }

    private void unquoted(char c, boolean first) {
        switch (c) {
            case '\\' -> escaped();
            case '\'' -> {
                text.append(upTo('\''));
                bare = false;
            }
            case '"' -> doubleQuoted();
            case '$' -> dollar();
            case '`' -> {
                expansions.backticks();
                unknown();
            }
            case '<', '>' -> {
                in.at++;
                expansions.commands();
                unknown();
            }
            case '*', '?' -> glob();
            case '[' -> {
                // `[` and `[[` are commands; what is in brackets may be any character.
                boolean command = first && (in.peek() == '[' || Source.endsWord(in.peek()));
                if (command || (text.toString().equals("[") && Source.endsWord(in.peek()))) {
                    text.append(c);
                } else {
                    braceSeparator |= brace;
                    glob();
                    skipRest();
                }
            }
            case '{' -> {
                brace = true;
                text.append(c);
            }
            case ',' -> separator(c, true);
            case '.' -> separator(c, in.peek() == '.');
            case '~' -> {
                boolean home = in.peek() == '/' || Source.endsWord(in.peek());
                text.append(first && !home ? Word.ANY : c);
                bare = false;
            }
            default -> text.append(c);
        }
    }

    /// The rest of a word after `[`: which of its characters stand for themselves depends on the
    /// files that are there, so all of them are open; what runs in it is read all the same.
    private void skipRest() {
        while (!ended()) {
            char c = in.next();
            switch (c) {
                case '\\', '\'', '"', '$', '`', '<', '>', '{' -> {
                    int length = text.length();
                    unquoted(c, false);
                    text.setLength(length);
                }
                default -> {}
            }
        }
    }

    private void separator(char c, boolean separates) {
        braceSeparator |= brace && separates;
        text.append(c);
    }

    private void escaped() {
        char c = in.next();
        if (c == Source.END) {
            throw new Unclear("it ends in a backslash");
        }
        if (c == '\n') {
            throw new Unclear("a word of it goes on in the next line");
        }
        text.append(c);
        bare = false;
    }

    private void glob() {
        text.append(Word.GLOB);
        bare = false;
    }

    private void unknown() {
        text.append(Word.ANY);
        bare = false;
    }

    private String upTo(char quote) {
        int end = in.text.indexOf(quote, in.at);
        if (end < 0) {
            throw new Unclear("a quote is not closed");
        }
        String quoted = in.text.substring(in.at, end);
        in.at = end + 1;
        return quoted;
    }

    private void doubleQuoted() {
        bare = false;
        while (true) {
            char c = in.next();
            switch (c) {
                case '"' -> {
                    return;
                }
                case Source.END -> throw new Unclear("a quote is not closed");
                case '\\' -> escapedInQuotes();
                case '`' -> {
                    expansions.backticks();
                    unknown();
                }
                case '$' -> {
                    if (expansions.dollar()) {
                        unknown();
                    } else {
                        text.append('$');
                    }
                }
                default -> text.append(c);
            }
        }
    }

    private void escapedInQuotes() {
        char c = in.next();
        switch (c) {
            case '$', '`', '"', '\\' -> text.append(c);
            case '\n' -> {} // joins the lines
            case Source.END -> throw new Unclear("a quote is not closed");
            default -> text.append('\\').append(c);
        }
    }

    private void dollar() {
        bare = false;
        switch (in.peek()) {
            case '\'' -> {
                in.at++;
                ansiQuoted();
            }
            case '"' -> throw new Unclear("it holds a text to be translated ($\"…\")");
            default -> {
                if (expansions.dollar()) {
                    unknown();
                } else {
                    text.append('$');
                }
            }
        }
    }

    private void ansiQuoted() {
        int start = in.at;
        while (in.peek() != '\'') {
            if (in.next() == '\\') {
                in.at++;
            }
            if (in.ended()) {
                throw new Unclear("a quote is not closed");
            }
        }
        String raw = in.text.substring(start, in.at++);
        Matcher plain = PLAIN_ESCAPE.matcher(raw);
        String decoded =
                plain.replaceAll(found ->
                        Matcher.quoteReplacement(
                                switch (found.group(1)) {
                                    case "n" -> "\n";
                                    case "t" -> "\t";
                                    case String other -> other;
                                }));
        boolean others = PLAIN_ESCAPE.matcher(raw).replaceAll("").indexOf('\\') >= 0;
        text.append(others ? String.valueOf(Word.ANY) : decoded);
    }
}
