package hal0.agent;

import hal0.providers.ModelInfo;

/// What is known of the model that a conversation is with, without asking anybody.
@FunctionalInterface
public interface ModelFacts {
    ModelFacts UNKNOWN = choice -> ModelInfo.of(choice.model());

    ModelInfo of(Agent.Choice choice);
}
