package hal0.tui;

import hal0.relay.control.ControlPlane;
import hal0.tui.state.Active;
import hal0.tui.state.UiState;
import java.nio.file.Path;
import java.util.List;

/// The screen in a real terminal with a scripted conversation, to look at by hand: `java -cp …
/// hal0.tui.Demonstration HISTORY_FILE`.
public final class Demonstration {
    private static final String ANSWER =
            """
            # Heading

            Some **bold** and *italic* text with `code`, 日本語のテキスト and 👩‍👩‍👧 emoji.

            - first item
            - second item that is long enough to be wrapped when the terminal is narrow, is it not?
              1. nested

            > a quote

            | name | value |
            |------|------:|
            | one  | 1     |
            | two  | `2`   |

            ```java
            int answer = 42; // a comment
            ```

            A link: [hal0](https://example.com), and that is all.
            """;

    private Demonstration() {}

    public static void main(String[] arguments) throws Exception {
        long started = System.nanoTime();
        FakeConversation conversation =
                new FakeConversation(slowly(FakeConversation.saying(ANSWER)));
        Services services =
                new Services(
                        conversation,
                        () -> new FakeControl(new ControlPlane.Active("openai", "gpt-5")),
                        List::of,
                        new Active("openai", "gpt-5", false, null),
                        new UiState.About("0.1.0", "/home/me/.config/hal0/config.toml"),
                        new Services.Look(System.getenv()),
                        Path.of(arguments[0]));
        Tui.run(services);
        System.out.println("left after " + (System.nanoTime() - started) / 1_000_000 + " ms");
    }

    private static FakeConversation.Script slowly(FakeConversation.Script script) {
        return (text, cancel, sink) -> {
            if (text.startsWith("hang")) {
                FakeConversation.hanging("I wait\n\nfor ever").answer(text, cancel, sink);
                return;
            }
            if (text.startsWith("long")) {
                FakeConversation.saying("a line of the answer\n".repeat(100_000))
                        .answer(text, cancel, sink);
                return;
            }
            script.answer(
                    text,
                    cancel,
                    event -> {
                        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                        sink.accept(event);
                    });
        };
    }
}
