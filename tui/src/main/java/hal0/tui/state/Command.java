package hal0.tui.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can be asked for with `/`.
public enum Command {
    HELP("all keys and commands"),
    MODEL("choose a model; /model NAME takes it at once"),
    PROVIDER("choose a provider; /provider NAME takes it at once"),
    SETTINGS("model, providers, permissions, theme and all else; /settings TAB"),
    SLOTS("slots: state, memory; load, swap, logs; /slots NAME"),
    RELAY("what the relay is asked now, and was lately"),
    SPEND("what was spent: session, days, models, clients; /spend days"),
    NEW("begin a new conversation"),
    RESUME("go on with an earlier conversation"),
    SESSIONS("earlier conversations"),
    FORK("go on in a copy of this conversation"),
    UNDO("take the last turn back, with its files"),
    REDO("bring back what was undone"),
    DIFF("what this conversation changed in files"),
    COPY("copy the last answer; /copy code, /copy 2"),
    EXPORT("write this conversation as Markdown; /export FILE"),
    FIND("find in the transcript; /find WORDS"),
    CONTEXT("what fills the model's window"),
    TOKENS("what this session used, by model and kind of token"),
    COMPACT("sum up older turns"),
    EXPAND("tell the model again what was summed up"),
    MEMORY("what is remembered; #NOTE adds to it"),
    PERMISSIONS("what the agent may do unasked; /permissions MODE"),
    AGENTS("the agents of this home"),
    MCP("MCP servers and their tools; /mcp NAME"),
    DOCTOR("look for what is wrong, and how to mend it"),
    INIT("have an AGENTS.md written for this folder"),
    REVIEW("have the changes of this folder reviewed"),
    THEME("choose how hal0 looks; /theme NAME takes it at once"),
    VIM("vim keys in the prompt, on or off"),
    CLEAR("forget the conversation and clear the screen"),
    EXIT("leave hal0"),
    QUIT("leave hal0");

    private final String help;

    Command(String help) {
        this.help = help;
    }

    /// What is typed after the slash.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String help() {
        return help;
    }

    static Optional<Command> find(String word) {
        return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
    }
}
