package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `hal0 run` tells the model of its arguments and of its input.
class RunInputTest {
    @TempDir Path folder;
    private final ScriptedProvider provider = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(provider.baseUrl(), provider.baseUrl());
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void aFileThatTheTaskNamesIsAttached() throws Exception {
        assertThat(told("", "look at @pom.xml")).contains("[attached file pom.xml]");
    }

    @Test
    void aFileThatOnlyThePipedTextNamesIsNot() throws Exception {
        assertThat(told("+ a comment: @pom.xml\n", "review this"))
                .contains("review this\\n\\n+ a comment: @pom.xml")
                .doesNotContain("[attached");
    }

    private String told(String input, String task) throws Exception {
        provider.says("fine");
        Ended ended = home.hal0().input(input).run("run", "-m", "oa/m1", task);
        assertThat(ended.exit()).as(ended.err()).isZero();
        return provider.takeAsked().body();
    }
}
