package hal0.tui;

import hal0.agent.AgentEvent;
import hal0.agent.permission.Mode;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.price.Cost;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// A conversation that answers by script and remembers what was asked of it.
final class FakeConversation implements Conversation {
    interface Script {
        void answer(String text, CancelToken cancel, Consumer<AgentEvent> sink);
    }

    final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Script script;

    FakeConversation(Script script) {
        this.script = script;
    }

    void script(Script other) {
        script = other;
    }

    @Override
    public void send(String text, CancelToken cancel, Consumer<AgentEvent> sink) {
        calls.add("send " + text);
        script.answer(text, cancel, sink);
    }

    @Override
    public void sendTo(String model, String text, CancelToken cancel, Consumer<AgentEvent> sink) {
        calls.add("send to " + model + " " + text);
        script.answer(text, cancel, sink);
    }

    @Override
    public void shell(String command, CancelToken cancel, Consumer<AgentEvent> sink) {
        calls.add("shell " + command);
        script.answer(command, cancel, sink);
    }

    @Override
    public void compact(CancelToken cancel, Consumer<AgentEvent> sink) {
        calls.add("compact");
        script.answer("", cancel, sink);
    }

    @Override
    public void tell(String text) {
        calls.add("tell " + text);
    }

    @Override
    public void withdraw(String text) {
        calls.add("withdraw " + text);
    }

    @Override
    public void use(String provider, String model) {
        calls.add("use " + provider + "/" + model);
    }

    @Override
    public void clear() {
        calls.add("clear");
    }

    @Override
    public Mode mode() {
        return Mode.ASK;
    }

    @Override
    public void use(Mode mode) {
        calls.add("mode " + mode);
    }

    @Override
    public boolean hasBegun() {
        return calls.stream().anyMatch(call -> call.startsWith("send"));
    }

    @Override
    public String sessionId() {
        return "session";
    }

    /// Says `answer` in small pieces and ends.
    static Script saying(String answer) {
        return (_, _, sink) -> {
            sink.accept(new AgentEvent.AnswerStarted("r1", "openai", "gpt-5"));
            for (int i = 0; i < answer.length(); i += 3) {
                int end = Math.min(answer.length(), i + 3);
                sink.accept(new AgentEvent.TextDelta(answer.substring(i, end)));
            }
            sink.accept(
                    new AgentEvent.Spent(
                            Usage.of(1200, 34), new Cost.Usd(new BigDecimal("0.0042"))));
            sink.accept(new AgentEvent.TurnEnded(StopReason.END));
        };
    }

    /// Says `start` and then nothing until it is interrupted.
    static Script hanging(String start) {
        return (_, cancel, sink) -> {
            sink.accept(new AgentEvent.AnswerStarted("r1", "openai", "gpt-5"));
            sink.accept(new AgentEvent.TextDelta(start));
            CountDownLatch cancelled = new CountDownLatch(1);
            try (CancelToken.Registration _ = cancel.onCancel(cancelled::countDown)) {
                cancelled.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sink.accept(new AgentEvent.TurnInterrupted());
        };
    }
}
