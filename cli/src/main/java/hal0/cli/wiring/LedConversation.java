package hal0.cli.wiring;

import hal0.agent.Agent;
import hal0.agent.AgentEvent;
import hal0.agent.context.Attachments;
import hal0.agent.permission.Mode;
import hal0.agent.session.SessionException;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Part;
import hal0.tui.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// An agent as the screen leads it.
record LedConversation(LedAgent led) implements Conversation {

    @Override
    public void send(String text, CancelToken cancel, Consumer<AgentEvent> sink) {
        led.agent().send(attached(text, cancel, sink), cancel, sink);
    }

    private List<Part> attached(String text, CancelToken cancel, Consumer<AgentEvent> sink) {
        Attachments.Attached said = led.attached(text, cancel);
        said.problems().forEach(problem -> sink.accept(new AgentEvent.Noted(problem)));
        return said.parts();
    }

    @Override
    public void sendTo(String model, String text, CancelToken cancel, Consumer<AgentEvent> sink) {
        Agent.Choice once = new Agent.Choice("", model);
        led.agent().sendTo(once, attached(text, cancel, sink), cancel, sink);
    }

    @Override
    public void shell(String command, CancelToken cancel, Consumer<AgentEvent> sink) {
        new UserCommand(led.inside().own(), command).run(led.agent(), cancel, sink);
    }

    @Override
    public void compact(CancelToken cancel, Consumer<AgentEvent> sink) {
        try {
            if (!led.agent().compact(cancel, sink)) {
                sink.accept(new AgentEvent.Noted("there are no older turns to sum up"));
            }
            sink.accept(new AgentEvent.TurnEnded(StopReason.END));
        } catch (ProviderException e) {
            sink.accept(
                    cancel.isCancelled()
                            ? new AgentEvent.TurnInterrupted()
                            : new AgentEvent.TurnFailed(e.kind(), String.valueOf(e.getMessage())));
        } catch (SessionException e) {
            sink.accept(new AgentEvent.TurnFailed(e.kind(), String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void tell(String text) {
        led.agent().nudge(text, (cancel, sink) -> behind(attached(text, cancel, sink), sink));
    }

    /// Within a turn only text can be told.
    private static List<String> behind(List<Part> attached, Consumer<AgentEvent> sink) {
        List<String> texts = new ArrayList<>();
        for (Part part : attached.subList(1, attached.size())) {
            if (part instanceof Part.Text(var text)) {
                texts.add(text);
            } else {
                sink.accept(
                        new AgentEvent.Noted(
                                "only text can be attached while an answer is made; name the file"
                                        + " again in your next message"));
            }
        }
        return texts;
    }

    @Override
    public void withdraw(String text) {
        led.agent().withdraw(text);
    }

    @Override
    public void use(String provider, String model) {
        led.agent().use(provider, model);
    }

    @Override
    public void clear() {
        led.agent().clear();
    }

    @Override
    public boolean hasBegun() {
        return !led.agent().history().all().isEmpty();
    }

    @Override
    public String sessionId() {
        return led.agent().sessionId();
    }

    @Override
    public Mode mode() {
        return led.gate().mode();
    }

    /// The model was told at the beginning which mode holds; a change is told with what comes next.
    @Override
    public void use(Mode mode) {
        boolean planned = led.gate().mode() == Mode.PLAN;
        led.gate().mode(mode);
        if (mode == Mode.PLAN) {
            led.agent()
                    .announce(
                            "The user switched to plan mode: look and propose, change nothing.",
                            !begunPlanning());
        } else if (planned) {
            led.agent()
                    .announce("The user left plan mode: changes may be made now.", begunPlanning());
        }
    }

    private boolean begunPlanning() {
        return led.inside().prompt().mode() == Mode.PLAN;
    }
}
