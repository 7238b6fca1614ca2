package hal0.agent.permission;

import java.io.IOException;

/// Where rules are kept that the user allowed for good.
///
/// **Errors** [IOException], [hal0.home.config.ConfigException] when it cannot be kept.
@FunctionalInterface
public interface RuleStore {
    void allow(Rule rule) throws IOException;
}
