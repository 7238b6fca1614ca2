package hal0.agent.permission.shell;

import java.util.ArrayList;
import java.util.List;

/// Reads one simple command: assignments, words, redirections, in any order. **Threads** one.
///
/// **Source** https://www.gnu.org/software/bash/manual/bash.html#Redirections, read 2026-11-21.
final class CommandReader {
    private final Source in;
    private final WordReader words;
    private final HereDocuments documents;
    private final Found found;

    private List<Assignment> assignments = new ArrayList<>();
    private List<Word> read = new ArrayList<>();
    private List<Redirect> redirects = new ArrayList<>();

    CommandReader(Source in, WordReader words, HereDocuments documents, Found found) {
        this.in = in;
        this.words = words;
        this.documents = documents;
        this.found = found;
    }

    /// A variable that a loop sets.
    void sets(String name) {
        found.commands.add(
                new ShellCommand(
                        List.of(new Assignment(name, Word.UNKNOWN)), List.of(), List.of()));
    }

    void read() {
        assignments = new ArrayList<>();
        read = new ArrayList<>();
        redirects = new ArrayList<>();
        // The words may hold commands of their own, which come first, as bash runs them first.
        while (part()) {
            in.skipBlanks();
        }
        found.commands.add(new ShellCommand(assignments, read, redirects));
        if (!read.isEmpty() && !read.getFirst().exact()) {
            throw new Unclear("the name of a command in it is not a plain word");
        }
    }

    private boolean part() {
        char c = in.peek();
        if (c == '(') {
            throw new Unclear("it defines a function or a list, or holds a pattern in parentheses");
        }
        if (c == '#') {
            return false;
        }
        boolean substitution = (c == '<' || c == '>') && in.peek(1) == '(';
        if (!substitution && redirects()) {
            return true;
        }
        if (Source.endsWord(c) && !substitution) {
            return false;
        }
        int start = in.at;
        if (read.isEmpty() && assigns(start)) {
            return true;
        }
        Word word = words.read();
        boolean names = (in.peek() == '<' || in.peek() == '>') && in.text.charAt(start) == '{';
        if (names) {
            throw new Unclear("it names the number of an open file ({name}>)");
        }
        read.add(word);
        return true;
    }

    private boolean assigns(int start) {
        String name = in.identifier();
        if (!name.isEmpty()) {
            in.take("+");
            if (in.take("=")) {
                if (in.peek() == '(') {
                    throw new Unclear("it sets a list");
                }
                assignments.add(new Assignment(name, words.read()));
                return true;
            }
        }
        in.at = start;
        return false;
    }

    /// Reads a redirection if one begins here, its number before it.
    private boolean redirects() {
        int start = in.at;
        while (Source.digit(in.peek())) {
            in.at++;
        }
        boolean numbered = in.at > start;
        boolean both = !numbered && in.peek() == '&' && in.peek(1) == '>';
        if (in.peek() != '<' && in.peek() != '>' && !both) {
            in.at = start;
            return false;
        }
        if (both) {
            in.at++;
        }
        operator(in.next(), start);
        return true;
    }

    private void operator(char direction, int start) {
        if (direction == '<') {
            if (in.take("<<")) {
                target(); // a text
            } else if (in.take("<-")) {
                documents.begin(target(), true, start);
            } else if (in.take("<")) {
                documents.begin(target(), false, start);
            } else if (in.take("&")) {
                duplicated(target(), false);
            } else {
                boolean writes = in.take(">");
                redirects.add(new Redirect(target(), writes));
            }
        } else if (in.take("&")) {
            duplicated(target(), true);
        } else {
            if (!in.take(">")) {
                in.take("|");
            }
            redirects.add(new Redirect(target(), true));
        }
    }

    /// `>&2` means an open file, `>&name` a file to be written.
    private void duplicated(Word target, boolean writes) {
        if (target.text().matches("\\d+-?|-")) {
            return;
        }
        if (!writes) {
            throw new Unclear("it opens a file by a number that is not plain");
        }
        redirects.add(new Redirect(target, true));
    }

    private Word target() {
        in.skipBlanks();
        boolean substitution = (in.peek() == '<' || in.peek() == '>') && in.peek(1) == '(';
        if (Source.endsWord(in.peek()) && !substitution) {
            throw new Unclear("a redirection leads nowhere");
        }
        return words.read();
    }
}
