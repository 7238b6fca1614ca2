package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of `hal0 slots` that work on files, without a relay.
class SlotFilesCommandTest {
    @TempDir Path folder;
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).config("[active]\nprovider = \"demo\"\n");
    }

    private Ended slots(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "slots";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return home.hal0().run(all);
    }

    private String file(String name) throws Exception {
        return Files.readString(folder.resolve("slots").resolve(name + ".toml"));
    }

    @Test
    void aFileThatCannotBeUsedIsToldBesideTheSlots() throws Exception {
        Files.createDirectories(folder.resolve("slots"));
        Files.writeString(folder.resolve("slots/bad.toml"), "[slot]\nruntim = \"podman\"\n");
        Ended listed = slots("list", "--json");
        assertThat(listed.out().strip()).isEqualTo("[ ]");
        assertThat(listed.err()).contains("slots/bad.toml:2: slot.runtim");
    }

    @Test
    void wordsForAServerAreTakenAlsoWhereHal0HasAnOptionOfThatName() throws Exception {
        Ended created =
                slots(
                        "create",
                        "own",
                        "--runtime",
                        "process",
                        "--extra-arg=--alias",
                        "--extra-arg",
                        "tiny",
                        "--",
                        "server",
                        "--port",
                        "${PORT}");
        assertThat(created.exit()).as(created.err()).isZero();
        assertThat(file("own"))
                .contains("command = [\"server\", \"--port\", \"${PORT}\"]")
                .contains("extra_args = [\"--alias\", \"tiny\"]");
    }

    @Test
    void aSlotIsCreatedEditedShownAndDeleted() throws Exception {
        Ended created =
                slots(
                        "create",
                        "chat",
                        "--model",
                        "tiny",
                        "--alias",
                        "primary",
                        "--port",
                        "8085",
                        "--env",
                        "HF_TOKEN=hf_secret");
        assertThat(created.exit()).as(created.err()).isZero();
        assertThat(created.out()).isEmpty();
        assertThat(file("chat")).contains("default = \"tiny\"", "aliases = [\"primary\"]");

        Files.writeString(folder.resolve("slots/chat.toml"), "# Mine.\n" + file("chat"));
        Ended edited =
                slots("edit", "chat", "--unset", "aliases", "--ctx-size", "4096", "--pinned");
        assertThat(edited.exit()).as(edited.err()).isZero();
        assertThat(file("chat"))
                .startsWith("# Mine.\n")
                .contains("pinned = true", "context_size = 4096")
                .doesNotContain("primary");

        Ended shown = slots("show", "chat");
        assertThat(shown.out())
                .contains("slot.port", "8085", "slots/chat.toml:4", "server.env.HF_TOKEN")
                .doesNotContain("hf_secret");

        assertThat(slots("status", "chat").out()).contains("offline").doesNotContain("1970");

        Ended asked = slots("delete", "chat");
        assertThat(asked.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(asked.err()).contains("--yes");
        assertThat(slots("delete", "chat", "--yes").exit()).isZero();
        assertThat(folder.resolve("slots/chat.toml")).doesNotExist();
    }

    @Test
    void resolvedTellsEveryWordAndWhoPutItThere() throws Exception {
        home.config("[active]\nprovider = \"demo\"\n[slots]\nruntime = \"docker\"\n");
        Files.createDirectory(folder.resolve("slots"));
        Files.writeString(
                folder.resolve("slots/chat.toml"),
                "[slot]\nport = 8085\n[model]\ndefault = \"tiny\"\n[server]\nextra_args = [\"-c\", \"99\"]\n");
        Ended resolved = slots("resolved", "chat", "--json");
        assertThat(resolved.exit()).as(resolved.err()).isZero();
        JsonNode words = new ObjectMapper().readTree(resolved.out());
        assertThat(words.toString())
                .contains(
                        "{\"word\":\"tiny\",\"source\":\"slot\",\"place\":\"slots/chat.toml:4\"}",
                        "{\"word\":\"99\",\"source\":\"extra_args\",\"place\":\"slots/chat.toml:6\"}")
                .doesNotContain("8192");
        assertThat(resolved.err()).contains("docker", "ghcr.io/ggml-org/llama.cpp:server");
    }

    @Test
    void unitStartsTheContainerThatARelayWouldFind() throws Exception {
        Files.createDirectory(folder.resolve("slots"));
        Files.writeString(
                folder.resolve("slots/chat.toml"),
                "[slot]\nport = 8085\n[model]\ndefault = \"m\"\n");
        Ended unit = slots("unit", "chat");
        assertThat(unit.exit()).as(unit.err()).isZero();
        assertThat(unit.out())
                .contains("--label=hal0.slot=chat", "--publish=127.0.0.1:8085:8085", "podman");
        Ended process = slots("edit", "chat", "--unset", "port");
        assertThat(process.exit()).as(process.err()).isZero();
        Ended refused = slots("unit", "chat");
        assertThat(refused.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(refused.err()).contains("hal0 slots edit chat --port");
    }

    @Test
    void whatCannotBeIsRefusedWithTheReasonAndTheCodeForConfigurations() throws Exception {
        Ended type = slots("create", "chat", "--type", "lm");
        assertThat(type.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(type.err()).contains("slot.type: \"lm\" is not one of llm");
        assertThat(folder.resolve("slots/chat.toml")).doesNotExist();
        assertThat(slots("create", "../x").err()).contains("cannot name a slot");
        Ended nothing = slots("edit", "chat", "--port", "1");
        assertThat(nothing.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(nothing.err()).contains("there is no slot \"chat\"", "hal0 slots create chat");
        Files.createDirectories(folder.resolve("slots"));
        Files.writeString(folder.resolve("slots/chat.toml"), "[slot]\nport = 1\nprot = 2\n");
        assertThat(slots("show", "chat").err())
                .contains("slots/chat.toml:3", "slot chat cannot be used as it is");
        Ended validate = home.hal0().run("config", "validate");
        assertThat(validate.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(validate.err()).contains("slots/chat.toml:3: slot.prot");
    }
}
