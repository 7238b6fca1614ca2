package hal0.agent.permission.shell;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads commands one after the other, up to the end or to the parenthesis that closes them.
///
/// **Shape** loose about the grammar: a reserved word where a command may begin is passed over, so
/// that `if a; then b; fi` is `a` and `b`. What bash would refuse may be read here; what it would
/// run is never passed over. **Threads** one.
final class ListReader {
    private static final int DEEPEST = 40;
    private static final Set<String> PASSED =
            Set.of("if", "then", "elif", "else", "fi", "do", "done", "{", "}", "!");
    private static final Set<String> LOOPS = Set.of("while", "until");
    private static final Set<String> NOT_READ = Set.of("function", "select", "coproc");

    private final Source in;
    private final Found found;
    private final int depth;
    private final WordReader words;
    private final HereDocuments documents;
    private final CommandReader commands;
    private int cases;

    ListReader(Source in, Found found, int depth) {
        if (depth > DEEPEST) {
            throw new Unclear("it is nested too deeply");
        }
        this.in = in;
        this.found = found;
        this.depth = depth;
        ExpansionReader expansions = new ExpansionReader(in, found, depth);
        this.words = new WordReader(in, expansions);
        this.documents = new HereDocuments(in, found, depth);
        this.commands = new CommandReader(in, words, documents, found);
    }

    /// Up to the end of the text.
    void all() {
        while (!in.ended()) {
            if (in.peek() == ')') {
                throw new Unclear("a parenthesis is closed that was not opened");
            }
            step(false);
        }
        documents.requireNone();
    }

    /// Up to `)`, which is read too.
    void upToParenthesis() {
        while (in.peek() != ')') {
            if (in.ended()) {
                throw new Unclear("a parenthesis is not closed");
            }
            step(false);
        }
        in.at++;
        documents.requireNone();
    }

    /// One separator, one command, or what opens or closes one.
    ///
    /// **Shape** false at the end of a branch of `case`, which is `inCase`.
    private boolean step(boolean inCase) {
        in.skipBlanks();
        switch (in.peek()) {
            case '\n' -> {
                documents.lineEnds();
                return true;
            }
            case '#' -> {
                if (depth > 0) {
                    throw new Unclear("there is a comment in parentheses");
                }
                in.skipLine();
            }
            case ';' -> {
                in.at++;
                if (in.peek() == ';' || in.peek() == '&') {
                    if (!inCase) {
                        throw new Unclear("a branch of a case ends where there is none");
                    }
                    in.at++;
                    in.take("&");
                    return false;
                }
            }
            case '&' -> {
                if (in.peek(1) == '>') {
                    commands.read();
                } else {
                    in.at++;
                }
            }
            case '|' -> in.at++;
            case '(' -> {
                in.at++;
                if (in.peek() == '(') {
                    throw new Unclear("it computes, or opens two parentheses at once");
                }
                new ListReader(in, found, depth + 1).upToParenthesis();
            }
            case ')', Source.END -> {}
            default -> {
                return command(inCase);
            }
        }
        return true;
    }

    private boolean command(boolean inCase) {
        int start = in.at;
        Word first = reservedWord();
        if (first == null) {
            in.at = start;
            commands.read();
            return true;
        }
        String word = first.text();
        if (inCase && word.equals("esac")) {
            in.at = start;
            return false;
        }
        if (NOT_READ.contains(word)) {
            throw new Unclear("it uses " + word);
        }
        found.loops |= LOOPS.contains(word);
        switch (word) {
            case "for" -> forLoop();
            case "case" -> caseOf();
            case "[[" -> condition();
            case "time" -> {
                in.skipBlanks();
                if (in.text.startsWith("-p", in.at) && Source.endsWord(in.peek(2))) {
                    in.at += 2;
                }
            }
            default -> {
                if (!PASSED.contains(word) && !LOOPS.contains(word)) {
                    in.at = start;
                    commands.read();
                }
            }
        }
        return true;
    }

    /// The word that begins here if only letters and signs make it up, so that reading it twice
    /// finds nothing twice; else null.
    private @Nullable Word reservedWord() {
        int end = in.at;
        while (!Source.endsWord(end < in.text.length() ? in.text.charAt(end) : Source.END)) {
            char c = in.text.charAt(end);
            if (!(c >= 'a' && c <= 'z') && "[]{}!".indexOf(c) < 0) {
                return null;
            }
            end++;
        }
        String text = in.text.substring(in.at, end);
        in.at = end;
        return new Word(text, true);
    }

    private void forLoop() {
        found.loops = true;
        in.skipBlanks();
        String name = in.identifier();
        if (name.isEmpty() || !Source.endsWord(in.peek())) {
            throw new Unclear("it counts with for ((…))");
        }
        commands.sets(name);
        skipLines();
        int start = in.at;
        Word word = reservedWord();
        if (word == null || !word.is("in")) {
            in.at = start;
            return;
        }
        for (in.skipBlanks(); beginsWord(); in.skipBlanks()) {
            words.read();
        }
    }

    private void caseOf() {
        if (depth > 0 || ++cases > DEEPEST) {
            // Its parentheses close before they open.
            throw new Unclear("there is a case in parentheses, or in many others");
        }
        in.skipBlanks();
        words.read();
        skipLines();
        Word word = reservedWord();
        if (word == null || !word.is("in")) {
            throw new Unclear("a case is not plain");
        }
        while (true) {
            skipLines();
            int start = in.at;
            Word esac = reservedWord();
            if (esac != null && esac.is("esac")) {
                return;
            }
            in.at = start;
            branch();
        }
    }

    private void branch() {
        in.take("(");
        do {
            in.skipBlanks();
            if (!beginsWord()) {
                throw new Unclear("a case is not plain");
            }
            words.read();
            in.skipBlanks();
        } while (in.take("|"));
        if (!in.take(")")) {
            throw new Unclear("a case is not plain");
        }
        boolean open = true;
        while (open) {
            in.skipBlanks();
            if (in.ended() || in.peek() == ')') {
                throw new Unclear("a case is not closed");
            }
            open = step(true);
        }
    }

    /// Inside `[[ … ]]`: the signs between its words run nothing, its words may.
    private void condition() {
        while (true) {
            skipLines();
            if (in.ended()) {
                throw new Unclear("a [[ is not closed");
            }
            if (!beginsWord()) {
                in.at++;
                continue;
            }
            Word word = words.read();
            if (word.isReserved("]]")) {
                return;
            }
            // These evaluate their words as arithmetic, see ExpansionReader.
            if (word.bare() && word.text().matches("-(v|R|eq|ne|lt|le|gt|ge)")) {
                throw new Unclear("it computes in [[ … ]]");
            }
        }
    }

    private boolean beginsWord() {
        char c = in.peek();
        boolean substitution = (c == '<' || c == '>') && in.peek(1) == '(';
        return substitution || !Source.endsWord(c);
    }

    private void skipLines() {
        for (in.skipBlanks(); in.peek() == '\n'; in.skipBlanks()) {
            documents.lineEnds();
        }
    }
}
