package hal0.tui;

import hal0.relay.control.ControlPlane;
import hal0.tui.state.Active;
import hal0.tui.state.Earlier;
import hal0.tui.state.FirstChoice;
import hal0.tui.state.UiState;
import hal0.tui.terminal.FakeTty;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.VirtualScreen;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Drives the whole client at a virtual terminal: type, press, resize, wait for what is shown.
final class Pilot implements AutoCloseable {
    final FakeTty tty;
    final FakeConversation conversation;
    final ScreenApprover approver;
    private final FutureTask<Tui.Outcome> running;

    Pilot(Size size, FakeConversation conversation, Services services) {
        this.tty = new FakeTty(size);
        this.conversation = conversation;
        this.approver = services.approver();
        this.running = new FutureTask<>(() -> Tui.run(services, tty));
        Thread.ofPlatform().name("ui").daemon().start(running);
    }

    static Pilot at(Size size, Path history, FakeConversation.Script script) {
        ControlPlane.Active active = new ControlPlane.Active("openai", "gpt-5");
        Pilot pilot =
                with(
                        size,
                        history,
                        script,
                        () -> new FakeControl(active),
                        List.of(),
                        new Active("openai", "gpt-5", false, null));
        pilot.await("relay ");
        pilot.await(":8080");
        return pilot;
    }

    static Pilot with(
            Size size,
            Path history,
            FakeConversation.Script script,
            Supplier<ControlPlane> control,
            List<FirstChoice> found,
            Active active) {
        FakeConversation conversation = new FakeConversation(script);
        Map<String, String> environment = Map.of("TERM", "xterm-256color", "LANG", "en_US.UTF-8");
        Services services =
                new Services(
                        conversation,
                        control,
                        () -> found,
                        active,
                        new UiState.About("0.1.0", "/home/me/.config/hal0/config.toml"),
                        new Services.Look(environment),
                        history.resolve("history"),
                        user -> {
                            if (active == null) {
                                user.accept("port 8080 is taken; the relay has another");
                            }
                        },
                        new ScreenApprover(),
                        Earlier.NOTHING,
                        Past.NONE,
                        Surroundings.NONE);
        return new Pilot(size, conversation, services);
    }

    VirtualScreen screen() {
        return tty.screen();
    }

    void type(String text) {
        tty.type(text);
    }

    void enter() {
        tty.type("\r");
    }

    void await(String shown) {
        screen().await("`" + shown + "`", text -> text.contains(shown));
    }

    void awaitNot(String hidden) {
        screen().await("no `" + hidden + "`", text -> !text.contains(hidden));
    }

    Tui.Outcome outcome() {
        try {
            return running.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the screen did not end", e);
        }
    }

    @Override
    public void close() {
        tty.hangUp();
        outcome();
    }
}
