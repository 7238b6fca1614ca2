package hal0.agent.permission;

import java.util.List;

/// What is decided about a call, and why.
public sealed interface Decision {

    /// `by` is the rule or the mode that allows it.
    record Allow(String by) implements Decision {}

    /// `why` follows "asked because"; `rules` would allow it, the narrowest first.
    record Ask(String why, List<String> rules) implements Decision {
        public Ask {
            rules = List.copyOf(rules);
        }
    }

    /// `why` names the rule or the mode that forbids it.
    record Deny(String why) implements Decision {}

    /// The stricter of both; of two questions the first, with rules only where one allows both.
    default Decision and(Decision other) {
        return switch (this) {
            case Deny _ -> this;
            case Ask(var why, var rules) ->
                    switch (other) {
                        case Deny _ -> other;
                        case Allow _ -> this;
                        case Ask(_, var others) ->
                                new Ask(why, rules.stream().filter(others::contains).toList());
                    };
            case Allow _ -> other instanceof Allow ? this : other;
        };
    }
}
