package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.Limits;
import hal0.agent.permission.Approver;
import hal0.agent.permission.Mode;
import hal0.agent.permission.Rule;
import hal0.providers.message.Options;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is asked of an agent, where it differs from the configuration; null stands for what that
/// says.
///
/// **Shape** `client` is the word for it in the ledger; `agent` a name of `agents/`; `system` what
/// the user wants said before everything; `rules` are allowed for this run only; `tell` is told
/// what the user should know while it works.
public record AgentWish(
        String client,
        Path folder,
        Agent.Choice choice,
        Options options,
        @Nullable String agent,
        @Nullable String system,
        @Nullable Mode mode,
        List<Rule> rules,
        @Nullable Integer maxTurns,
        @Nullable BigDecimal budget,
        Approver approver,
        Consumer<String> tell) {

    public AgentWish {
        rules = List.copyOf(rules);
    }

    /// How far a turn may go, if the configuration says `usual` many answers.
    Limits limits(int usual) {
        return new Limits(maxTurns == null ? usual : maxTurns, budget);
    }
}
