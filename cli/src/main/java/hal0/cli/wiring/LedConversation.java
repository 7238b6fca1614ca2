package hal0.cli.wiring;

import hal0.agent.AgentEvent;
import hal0.agent.context.Attachments;
import hal0.agent.permission.Mode;
import hal0.providers.http.CancelToken;
import hal0.tui.Conversation;
import java.util.function.Consumer;

/// An agent as the screen leads it.
record LedConversation(LedAgent led) implements Conversation {

    @Override
    public void send(String text, CancelToken cancel, Consumer<AgentEvent> sink) {
        Attachments.Attached said = led.attached(text, cancel);
        said.problems().forEach(problem -> sink.accept(new AgentEvent.Noted(problem)));
        led.agent().send(said.parts(), cancel, sink);
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
            led.agent().nudge("The user switched to plan mode: look and propose, change nothing.");
        } else if (planned) {
            led.agent().nudge("The user left plan mode: changes may be made now.");
        }
    }
}
