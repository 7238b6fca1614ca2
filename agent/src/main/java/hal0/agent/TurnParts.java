package hal0.agent;

import hal0.agent.session.Conversation;
import hal0.providers.ModelClient;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Tool;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the pieces of a turn share.
record TurnParts(
        ModelClient client,
        Equipment equipment,
        Agent.Origin origin,
        Options options,
        SessionRecorder recorder,
        InstantSource clock,
        Supplier<Agent.Choice> choice) {

    Instant now() {
        return clock.instant();
    }

    /// What is said so far, with that many of the tools.
    ChatRequest request(List<Tool> tools) {
        Agent.Choice asked = choice.get();
        List<Message> messages = new ArrayList<>();
        if (origin.system() != null) {
            messages.add(Message.system(origin.system()));
        }
        messages.addAll(Conversation.of(recorder.history().told(), asked.provider()));
        return new ChatRequest(asked.name(), messages, tools, options, true);
    }

    /// On whose behalf a request of a turn is made; `sink` hears what keeps its answer away.
    ModelClient.Call call(Account account, CancelToken cancel, Consumer<AgentEvent> sink) {
        return new ModelClient.Call(
                origin.client(),
                account.session(),
                new ModelClient.Turn(account.spent(), equipment.limits().turnUsd()),
                cancel,
                setback -> sink.accept(new AgentEvent.Delayed(setback)));
    }

    /// That of a turn that begins now.
    Account account() {
        return new Account(recorder, recorder.totals().usd());
    }
}
