package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One hal0 that is operated over MCP by the agent of another.
class McpServeTest {
    @TempDir Path folder;

    @Test
    void anAgentOfAnotherHomeOperatesTheRelay() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.openAi()) {
            TestHome box =
                    new TestHome(Files.createDirectory(folder.resolve("box")))
                            .providers(provider.baseUrl(), provider.baseUrl());
            TestHome home =
                    new TestHome(Files.createDirectory(folder.resolve("home")))
                            .providers(provider.baseUrl(), provider.baseUrl());
            try (Hal0Process serve = box.hal0().start("serve", "--port", "0")) {
                String url = serve.relayAddress() + "/mcp/admin";
                assertThat(home.hal0().run("mcp", "add", "box", "--url", url).exit()).isZero();
                Ended tested = home.hal0().run("mcp", "test");
                assertThat(tested.exit()).as(tested.out()).isZero();
                assertThat(tested.out())
                        .contains("PASS box: ", "slots_list (reads only)", "slot_delete");

                provider.callsTool("c1", "box__use_model", "{\"provider\":\"an\",\"model\":\"m9\"}")
                        .callsTool(
                                "c2",
                                "box__provider_add",
                                "{\"name\":\"later\",\"url\":\"http://127.0.0.1:9/v1\"}")
                        .says("it waits for you");
                Ended ran =
                        home.hal0()
                                .run(
                                        "run",
                                        "-m",
                                        "oa/m1",
                                        "-o",
                                        "json",
                                        "--allow",
                                        "mcp(box__*)",
                                        "use the other one");
                assertThat(ran.exit()).as(ran.err()).isZero();
                JsonNode told = TestHome.json(ran.out());
                assertThat(told.path("tools")).as(ran.out()).hasSize(2);
                provider.takeAsked();
                assertThat(provider.takeAsked().body()).contains("m9");
                assertThat(Files.readString(folder.resolve("box/config.toml"))).contains("m9");
                assertThat(provider.takeAsked().body()).contains("pending_approval");
                serve.signal("TERM");
                serve.ended();
            }
        }
    }
}
