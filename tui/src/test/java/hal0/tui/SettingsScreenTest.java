package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.control.ControlPlane;
import hal0.tui.state.Active;
import hal0.tui.terminal.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings, models and the first run as somebody goes through them.
class SettingsScreenTest {
    private static final String ESCAPE = "\u001b[27u";
    private static final String KEY = "gsk_not-for-any-eye";

    @TempDir Path folder;

    private Pilot pilot(FakeControl control, Active active) {
        return Pilot.with(
                new Size(80, 24),
                folder,
                FakeConversation.saying("hi"),
                () -> control,
                List.of(),
                active);
    }

    private Pilot settled(FakeControl control) {
        Pilot pilot = pilot(control, new Active("openai", "gpt-5", false, null));
        pilot.await(":8080");
        return pilot;
    }

    private static FakeControl control() {
        return new FakeControl(new ControlPlane.Active("openai", "gpt-5"));
    }

    @Test
    void keyOfTheFirstRunIsKeptAndItsProviderUsedAndIsNeverSeen() throws IOException {
        FakeControl control = new FakeControl(null);
        try (Pilot pilot = pilot(control, null)) {
            pilot.await("open models, fast");
            pilot.type("groq\r");
            pilot.await("GROQ_API_KEY, kept in api.env");
            pilot.type(KEY);
            pilot.await("•".repeat(KEY.length()));
            pilot.enter();
            pilot.await("now talking to groq/default");
            pilot.await("groq/default · ask");
            assertThat(control.upstreams.keys.get("GROQ_API_KEY").value()).isEqualTo(KEY);
            assertThat(pilot.screen().text()).doesNotContain("gsk_");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("gsk_"));
        }
    }

    @Test
    void keyThatIsRefusedStaysInItsFieldWithTheReason() {
        FakeControl control = control();
        try (Pilot pilot = settled(control)) {
            pilot.type("/provider\r");
            pilot.await("key missing");
            pilot.type("groq\u001bk");
            pilot.await("GROQ_API_KEY, kept in api.env");
            pilot.type("two words\r");
            pilot.await("a key has no blanks");
            assertThat(control.upstreams.keys).isEmpty();
            pilot.type("\u0015" + KEY + "\r");
            pilot.await("✓ GROQ_API_KEY is kept in api.env");
            pilot.await("✓ reachable");
        }
    }

    @Test
    void providerThatIsTriedSaysHowItAnswered() {
        try (Pilot pilot = settled(control())) {
            pilot.type("/provider\r");
            pilot.await("● openai");
            pilot.type("\u001bc");
            pilot.await("✓ openai answers in 12 ms, 2 models");
        }
    }

    @Test
    void valueThatCannotBeIsSaidInItsFieldAndWritesNothing() {
        FakeControl control = control();
        try (Pilot pilot = settled(control)) {
            pilot.type("/settings\r");
            pilot.await("day usd");
            pilot.type("day\r");
            pilot.await("› 2.5");
            pilot.type("\u0015lots\r");
            pilot.await("\"lots\" is not a number");
            pilot.type("\u0015-1\r");
            pilot.await("-1 is not a number of at least 0");
            assertThat(control.settings.changes).isEmpty();
            pilot.type("\u00154\r");
            pilot.await("✓ budget.day_usd is written");
            assertThat(control.settings.changes).containsExactly("{budget.day_usd=4.0}");
        }
    }

    @Test
    void choiceIsMadeFromItsWords() {
        FakeControl control = control();
        try (Pilot pilot = settled(control)) {
            pilot.type("/settings\r");
            pilot.await("day usd");
            pilot.type("mode ask\r");
            pilot.await("plan");
            pilot.type("\u001b[B\u001b[B\r");
            pilot.await("✓ agent.mode is written");
            assertThat(control.settings.changes).containsExactly("{agent.mode=auto}");
        }
    }

    @Test
    void whatTheFileRefusesIsSaidWhereItWasEntered() {
        FakeControl control = control();
        control.settings.refusal = "Nothing was written, because it would be wrong";
        try (Pilot pilot = settled(control)) {
            pilot.type("/settings\r");
            pilot.await("day usd");
            pilot.type("day\r");
            pilot.await("› 2.5");
            pilot.type("\r");
            pilot.await("Nothing was written");
            pilot.await("› 2.5");
        }
    }

    @Test
    void modelThatIsChosenFromTheSettingsIsSaidAndShownThere() {
        FakeControl control = control();
        try (Pilot pilot = settled(control)) {
            pilot.type("/settings\r");
            pilot.await("who answers when nobody is named");
            pilot.type("\u001b[B\r");
            pilot.await("Choose a model");
            pilot.type("gpt-5-mini");
            pilot.await("openai/gpt-5-mini  ✓");
            pilot.enter();
            pilot.await("✓ now talking to openai/gpt-5-mini");
            pilot.await("Settings");
            pilot.await("gpt-5-mini  ");
        }
    }

    @Test
    void modelThatNoListHasCanBeUsedByItsName() {
        try (Pilot pilot = settled(control())) {
            pilot.type("\u000f");
            pilot.await("qwen3:8b");
            pilot.type("ollama/brand-new");
            pilot.await("use \"ollama/brand-new\"");
            pilot.enter();
            pilot.await("ollama/brand-new · ask");
        }
    }

    @Test
    void modelsThatWereUsedLastComeFirstTheNextTime() {
        try (Pilot pilot = settled(control())) {
            pilot.type("\u000f");
            pilot.await("qwen3:8b");
            pilot.type("qwen\r");
            pilot.await("ollama/qwen3:8b · ask");
            pilot.type("\u000f");
            pilot.await("used last");
            pilot.await("● ollama/qwen3:8b");
            String text = pilot.screen().text();
            assertThat(text.indexOf("ollama/qwen3:8b")).isLessThan(text.indexOf("openai/gpt-5"));
        }
    }

    @Test
    void everyTabOfTheSettingsClosesWithEscape() {
        try (Pilot pilot = settled(control())) {
            for (int tab = 0; tab < 8; tab++) {
                pilot.type("/settings\r");
                pilot.await("Esc closes");
                pilot.type("\u001b[C".repeat(tab) + ESCAPE);
                pilot.awaitNot("Esc closes");
            }
        }
    }
}
