package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// What works without any configuration.
class VersionAndHelpTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "ask --version", "config path -V"})
    void versionIsPrintedAndNothingIsWritten(String arguments) throws Exception {
        Ended ended = Hal0Process.in(folder.resolve("none")).run(arguments.split(" "));
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).matches("hal0 \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(ended.err()).isEmpty();
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
    }

    @Test
    void everyCommandHelpsWithTwoExamples() {
        for (CommandLine command : commands()) {
            String help = command.getUsageMessage();
            String examples = help.substring(help.indexOf("Examples:"));
            assertThat(examples.lines().filter(line -> line.contains("hal0")))
                    .as(command.getCommandSpec().qualifiedName())
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(examples.lines().skip(1).takeWhile(line -> !line.isEmpty()))
                    .as("a line that was broken cannot be copied")
                    .allMatch(line -> line.startsWith("  "));
            assertThat(help).contains("--config-dir", "--version", "--help");
        }
    }

    @Test
    void aCommandThatIsNamedIsMadeAloneAndIsTheSame() {
        Console console =
                new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        CommandLine all = CommandLineRunner.commandLine(console);
        assertThat(all.getSubcommands()).hasSizeGreaterThan(6);
        for (CommandLine command : Set.copyOf(all.getSubcommands().values())) {
            String name = command.getCommandName();
            CommandLine alone = CommandLineRunner.commandLine(console, new String[] {name});
            assertThat(Set.copyOf(alone.getSubcommands().values())).as(name).hasSize(1);
            assertThat(alone.getSubcommands().get(name).getUsageMessage())
                    .isEqualTo(command.getUsageMessage());
        }
        assertThat(named(console, "upstream")).contains("upstream", "providers");
        assertThat(named(console, "upstream")).doesNotContain("ask");
        assertThat(named(console, "--config-dir", "x", "upstream", "list"))
                .as("what stands before it hides its name: all can be told apart")
                .contains("upstream", "ask");
        assertThat(named(console)).isEmpty();
    }

    private static Set<String> named(Console console, String... arguments) {
        return CommandLineRunner.commandLine(console, arguments).getSubcommands().keySet();
    }

    @Test
    void commandsThatNoWordNamesAreOnlyListed() {
        Console console =
                new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        CommandLine all = CommandLineRunner.commandLine(console);
        CommandLine some =
                CommandLineRunner.commandLine(
                        console, new String[] {"--config-dir", "ask", "slot", "list"});
        assertThat(some.getUsageMessage()).as("the list is whole").isEqualTo(all.getUsageMessage());
        for (String named : new String[] {"ask", "slots"}) {
            assertThat(some.getSubcommands().get(named).getUsageMessage())
                    .isEqualTo(all.getSubcommands().get(named).getUsageMessage());
        }
        assertThat(some.getSubcommands().get("run").getCommandSpec().findOption("--mode")).isNull();
    }

    @Test
    void helpGoesToStandardOutput() throws Exception {
        Ended ended = Hal0Process.in(folder).run("ask", "--help");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("Usage: hal0 ask").doesNotContain("\u001b");
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aks hi | hal0 has no command \"aks\"; did you mean ask?",
                "ask --modle x hi | hal0 ask has no option --modle; did you mean --model?",
                "aks --help | hal0 has no command \"aks\"; did you mean ask?",
                "providers lits --help | hal0 providers has no command \"lits\"; did you mean list?",
                "usage --by modle | --by is one of provider, model, key, session, day, month, request, not \"modle\"; did you mean model?",
                "config valdate | hal0 config has no command \"valdate\"; did you mean validate?",
                "config | hal0 config needs one of path, show, validate",
                "serve now | hal0 serve takes no \"now\"",
                "serve --port x | Invalid value for option '--port': 'x' is not an int",
                "serve --port 70000 | --port is a number from 0 to 65535",
                "ask --output xml hi | --output is text, json or stream-json, not \"xml\"",
                "ask --max-tokens 0 hi | --max-tokens is 1 or more",
                "ask --temperature NaN hi | --temperature is 0 or more",
                "ask | there is no question",
            })
    void misuseIsExplainedWithExitCodeTwo(String arguments, String explained) throws Exception {
        Ended ended = Hal0Process.in(folder).run(arguments.split(" "));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).startsWith("hal0: " + explained);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void withoutTerminalTheScreenIsRefused() throws Exception {
        Ended ended = Hal0Process.in(folder).run();
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("needs a terminal", "hal0 ask");
    }

    private static List<CommandLine> commands() {
        CommandLine top = CommandLineRunner.commandLine(Console.standard());
        List<CommandLine> all = new ArrayList<>(List.of(top));
        for (int i = 0; i < all.size(); i++) {
            all.addAll(all.get(i).getSubcommands().values());
        }
        return all;
    }
}
