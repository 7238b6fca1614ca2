package hal0.providers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.Dialect;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests that the dialects write are what the vendors' own SDKs would send: each is a constant
/// of the published type, and the compiler finds no field that the type does not have.
@Tag("npm")
class PublishedTypesTest {
    private static final int SEEDS = 150;

    @TempDir Path folder;
    private PublishedTypes types;

    @BeforeEach
    void modules() throws IOException {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        types = new PublishedTypes(Path.of(where), folder);
    }

    /// The vendor's own address: what only compatible servers know is not sent there.
    private static Provider vendor(Protocol protocol) {
        String base =
                switch (protocol) {
                    case OPENAI, RESPONSES -> "https://api.openai.com/v1";
                    case ANTHROPIC -> "https://api.anthropic.com";
                    case GEMINI -> "https://generativelanguage.googleapis.com/v1beta";
                };
        return Provider.builder("vendor", protocol, URI.create(base)).injectUsage(true).build();
    }

    private static String model(Protocol protocol) {
        return switch (protocol) {
            case OPENAI, RESPONSES -> "gpt-5.1";
            case ANTHROPIC -> "claude-sonnet-4-5";
            case GEMINI -> "gemini-3.1-pro-preview";
        };
    }

    private static List<String> bodies(Protocol protocol, Dialect dialect) {
        List<String> bodies = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            ChatRequest request = Conversations.of(seed).withModel(model(protocol));
            byte[] body = dialect.encode(vendor(protocol), request.model(), request);
            bodies.add(new String(body, StandardCharsets.UTF_8));
        }
        return bodies;
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void requestsHaveThePublishedType(Protocol protocol) throws Exception {
        Dialect dialect = Dialects.of(protocol);
        PublishedTypes.Compiled compiled = types.compiled(protocol, bodies(protocol, dialect));
        assertThat(compiled.output()).isEmpty();
        assertThat(compiled.exit()).isZero();
    }

    /// The control: without it, a folder of types that cannot be found would accept everything.
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void theCompilerSeesWhatIsWrong(Protocol protocol) throws Exception {
        String right =
                switch (protocol) {
                    case OPENAI, ANTHROPIC ->
                            "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'text','text':'x'}]}]}";
                    case RESPONSES ->
                            "{'model':'m','input':[{'role':'user','content':[{'type':'input_text','text':'x'}]}]}";
                    case GEMINI ->
                            "{'contents':[{'role':'user','parts':[{'text':'x'}]}],'generationConfig':{'topK':1}}";
                };
        List<String> bodies =
                List.of(
                        right,
                        right.replace("'text':'x'", "'text':1"),
                        right.replace("'text':'x'", "'text':'x','no_such_field':1"),
                        "{'no_such_field':1," + right.substring(1));
        PublishedTypes.Compiled compiled = types.compiled(protocol, bodies);
        List<Integer> wrong = new ArrayList<>();
        Matcher line = Pattern.compile("requests\\.ts\\((\\d+),").matcher(compiled.output());
        while (line.find()) {
            wrong.add(Integer.parseInt(line.group(1)) - PublishedTypes.linesBefore(protocol));
        }
        assertThat(wrong).as(compiled.output()).containsExactly(2, 3, 4);
    }
}
