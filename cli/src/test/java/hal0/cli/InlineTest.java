package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 --inline` in a pseudo-terminal.
class InlineTest {
    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();

    @AfterEach
    void close() {
        openAi.close();
    }

    @Test
    void conversationStaysInTheNormalScreenOnceAndNothingElseDoes() throws Exception {
        TestHome home = new TestHome(folder).providers(openAi.baseUrl(), openAi.baseUrl());
        Path config = folder.resolve("config.toml");
        Files.writeString(
                config, Files.readString(config) + "\n[relay]\nport = 0\n\n[tui]\ninline = true\n");
        openAi.says("an ", "answer");
        try (PtyProgram hal0 = PtyProgram.start(home.hal0())) {
            hal0.await("Ask anything", "relay :");
            assertThat(hal0.modes()).contains("?2004").doesNotContain("?1049", "?1002");
            hal0.type("hello\r");
            hal0.await("an answer", "Spend: $0.000075");
            hal0.type("/");
            hal0.await("/model");
            hal0.type("\u007f/exit\r");
            assertThat(hal0.ended()).isZero();
            String text = hal0.text();
            assertThat(text).containsOnlyOnce("› hello").containsOnlyOnce("an answer");
            assertThat(text).contains("hal0 -r ").doesNotContain("Ask anything", "/model", "──");
            assertThat(hal0.modes()).containsExactly("?25");
        }
    }
}
