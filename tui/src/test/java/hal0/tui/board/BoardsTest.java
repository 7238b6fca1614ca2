package hal0.tui.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.agent.permission.Mode;
import hal0.agent.permission.Rule;
import hal0.agent.permission.Rules;
import hal0.home.config.Form;
import hal0.home.config.Setting;
import hal0.providers.Secret;
import hal0.relay.control.ProviderStatus;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.control.UpstreamStatus;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Doing;
import hal0.tui.state.Effect;
import hal0.tui.state.FirstChoice;
import hal0.tui.state.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the boards of the settings show and offer.
class BoardsTest {
    private static Line.Row row(Content content, String id) {
        return content.lines().stream()
                .filter(line -> line instanceof Line.Row row && row.id().equals(id))
                .map(Line.Row.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + id));
    }

    private static List<String> labels(Line.Row row) {
        return row.acts().stream().map(Act::label).toList();
    }

    private static Setting setting(String path, String value, String origin, Form form) {
        return new Setting(path, value, origin, form, "1");
    }

    @Test
    void flagIsToggledAndItsDefaultBroughtBack() {
        Setting compact = setting("agent.compact", "true", "config.toml:3", new Form.Flag());
        Line.Row row = row(ConfigBoard.of(List.of(compact), "config.toml"), "agent.compact");

        assertThat(row.acts().getFirst().doing())
                .isEqualTo(new Doing.Now(new Effect.Alter(new Change.Set("agent.compact", false))));
        assertThat(row.acts().getLast().doing())
                .isEqualTo(new Doing.Now(new Effect.Alter(new Change.Set("agent.compact", null))));
        assertThat(row.about()).contains("Whether older turns are summed up").contains("default 1");
    }

    @Test
    void secretsRoutesAndOtherFilesAreOnlyShown() {
        List<Setting> settings =
                List.of(
                        setting(
                                "providers.a.api_key",
                                "\"***REDACTED***\"",
                                "config.toml:1",
                                new Form.Hidden()),
                        setting("route[0].model", "\"smart\"", "config.toml:2", new Form.Text()),
                        setting("upstream.x", "1", "upstreams.toml:2", new Form.Text()));
        Content content = ConfigBoard.of(settings, "config.toml");

        assertThat(settings)
                .allSatisfy(each -> assertThat(row(content, each.path()).acts()).isEmpty());
    }

    @Test
    void listsAreTypedWithCommas() {
        Setting hosts =
                setting(
                        "relay.allowed_hosts",
                        "[\"a, b\", \"c\"]",
                        "config.toml:1",
                        new Form.Texts());

        assertThat(SettingText.typed(hosts)).isEqualTo("a, b, c");
        assertThat(SettingText.parsed(new Form.Texts(), " x ,y,, ")).isEqualTo(List.of("x", "y"));
    }

    @Test
    void numbersOutsideTheirRangeAreRefusedInWords() {
        assertThatThrownBy(() -> SettingText.parsed(new Form.Whole(1, 10), "11"))
                .hasMessage("11 is not a whole number from 1 to 10");
        assertThatThrownBy(() -> SettingText.parsed(new Form.Whole(0, 9), "1.5"))
                .hasMessage("\"1.5\" is not a whole number");
        assertThat(SettingText.parsed(new Form.Whole(1, 10), "10")).isEqualTo(10L);
    }

    private static UpstreamStatus upstream(String name, KeyState state, boolean on, String source) {
        return new UpstreamStatus(
                name,
                "https://x.example/v1",
                "openai-compatible",
                "bearer",
                List.of("X_API_KEY"),
                state,
                on,
                false,
                true,
                null,
                "closed",
                null,
                null,
                null,
                source,
                null);
    }

    @Test
    void providerWithoutAKeyIsOfferedOneAndNothingThatNeedsIt() {
        Content content =
                ProvidersBoard.of(
                        List.of(upstream("x", KeyState.MISSING, true, "preset")), Optional.empty());

        assertThat(labels(row(content, "x"))).containsExactly("enter key", "turn off", "address");
        assertThat(row(content, "x").about()).isEqualTo("X_API_KEY is not set: Alt+K enters it");
    }

    @Test
    void onlyWhatUpstreamsTomlDeclaresCanBeDeletedThere() {
        Content content =
                ProvidersBoard.of(
                        List.of(
                                upstream("mine", KeyState.SET, true, "upstreams.toml:3"),
                                upstream("preset", KeyState.SET, true, "preset")),
                        Optional.empty());

        assertThat(labels(row(content, "mine"))).contains("delete");
        assertThat(labels(row(content, "preset"))).doesNotContain("delete");
    }

    @Test
    void aServerIsAddedByNameAddressAndKey() {
        Content content = ProvidersBoard.of(List.of(), Optional.empty());
        Doing.Choose kinds = (Doing.Choose) row(content, "+").acts().getFirst().doing();
        Doing.Entering name = (Doing.Entering) kinds.among().getLast().doing();
        Doing.Entering url = (Doing.Entering) name.then().apply("gateway");
        Doing.Entering key = (Doing.Entering) url.then().apply("https://llm.example.com/anthropic");

        assertThat(key.masked()).isTrue();
        assertThat(key.then().apply("sk-1"))
                .isEqualTo(
                        new Doing.Now(
                                new Effect.Alter(
                                        new Change.AddProvider(
                                                "gateway",
                                                "anthropic",
                                                "https://llm.example.com/anthropic",
                                                new Secret("sk-1")))));
        assertThat(key.then().apply("sk-1").toString()).doesNotContain("sk-1");
        assertThatThrownBy(() -> name.then().apply("Has Blanks"))
                .hasMessageContaining("lower-case");
        assertThatThrownBy(() -> url.then().apply("ftp://x")).hasMessageContaining("no address");
    }

    @Test
    void ruleOfAProjectCannotBeTakenAwayAndOnesOwnCan() {
        Rule own = Rule.parse("shell(git status*)");
        Rule theirs = Rule.parse("edit(pom.xml)");
        Rules rules =
                Rules.of(List.of(own), List.of(), List.of()).stricter(List.of(theirs), List.of());
        Content content =
                PermissionsBoard.of(Mode.ASK, rules, Rules.of(List.of(own), List.of(), List.of()));

        assertThat(labels(row(content, "allow shell(git status*)"))).containsExactly("delete");
        assertThat(row(content, "firm edit(pom.xml)").acts()).isEmpty();
    }

    @Test
    void aRuleThatCannotBeReadIsRefusedWhereItIsTyped() {
        Content content = PermissionsBoard.of(Mode.ASK, Rules.NONE, Rules.NONE);
        Doing.Entering adds = (Doing.Entering) row(content, "+deny").acts().getFirst().doing();

        assertThatThrownBy(() -> adds.then().apply("shel(rm)")).hasMessageContaining("shell");
        assertThat(adds.then().apply("shell(rm -rf *)"))
                .isEqualTo(
                        new Doing.Now(
                                new Effect.Alter(new Change.AddRule("deny", "shell(rm -rf *)"))));
    }

    @Test
    void firstRunOffersWhatWasFoundThenTheDemoThenKeys() {
        List<ProviderStatus> providers =
                List.of(
                        new ProviderStatus(
                                "xai",
                                "openai-compatible",
                                "https://api.x.ai/v1",
                                true,
                                false,
                                List.of("XAI_API_KEY"),
                                KeyState.MISSING),
                        new ProviderStatus(
                                "openai",
                                "openai-compatible",
                                "https://api.openai.com/v1",
                                true,
                                false,
                                List.of("OPENAI_API_KEY"),
                                KeyState.MISSING));
        Content content =
                FirstRunBoard.of(
                        List.of(new FirstChoice("ollama", "qwen3", "answers on 127.0.0.1:11434")),
                        providers);

        assertThat(content.lines())
                .filteredOn(Line.Row.class::isInstance)
                .extracting(line -> ((Line.Row) line).id())
                .containsExactly("found ollama", "demo", "key openai", "key xai");
    }

    @Test
    void firstRunLeadsToTheModelsOfAProviderThatSomebodySetUp() {
        ProviderStatus own =
                new ProviderStatus(
                        "mine",
                        "openai-compatible",
                        "http://127.0.0.1:18099/v1",
                        true,
                        true,
                        List.of(),
                        KeyState.NOT_NEEDED);

        assertThat(row(FirstRunBoard.of(List.of(), List.of(own)), "models").acts())
                .containsExactly(Act.open(Act.ENTER, "lists them", Place.of(Place.Kind.MODELS)));
    }

    @Test
    void firstRunSaysWhatToDoWhereNothingWasFound() {
        Content content = FirstRunBoard.of(List.of(), List.of());

        assertThat(content.lines().getFirst().toString()).contains("No key is in the environment");
        assertThat(row(content, "demo").acts().getFirst().doing())
                .isEqualTo(new Doing.Leave(new Effect.Use("demo", null)));
    }
}
