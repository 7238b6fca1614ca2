package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `hal0 run` makes of its arguments.
class RunArgumentsTest {
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
    void ruleThatCannotBeReadIsAMisuse() throws Exception {
        Ended ended = home.hal0().run("run", "-m", "oa/m1", "--allow", "shel(ls)", "look");
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("--allow \"shel(ls)\"", "shell").doesNotContain("\tat ");
    }

    @Test
    void taskThatBeginsWithAMentionIsATaskAndNotAFileOfArguments() throws Exception {
        provider.says("fine");
        Ended ended = home.hal0().run("run", "-m", "oa/m1", "@pom.xml");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(provider.takeAsked().body()).contains("@pom.xml", "[attached file pom.xml]");
    }
}
