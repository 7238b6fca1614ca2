package hal0.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlashCommandTest {
    @TempDir Path folder;

    private static String expanded(String body, String arguments) {
        return new SlashCommand("x", "", null, body).expand(arguments);
    }

    @Test
    void argumentsTakeTheirPlaces() {
        assertThat(expanded("fix $ARGUMENTS now", " a  b ")).isEqualTo("fix a  b now");
        assertThat(expanded("fix $1 in $2", "bug \"my file\"")).isEqualTo("fix bug in my file");
        assertThat(expanded("fix $1 in '$2'", "bug")).isEqualTo("fix bug in ''");
    }

    @Test
    void argumentsWithoutAPlaceFollowTheText() {
        assertThat(expanded("fix", "the bug")).isEqualTo("fix\n\nthe bug");
        assertThat(expanded("fix", "")).isEqualTo("fix");
        assertThat(expanded("pay $10 $ARGUMENTSX", "")).isEqualTo("pay $10 $ARGUMENTSX");
    }

    @Test
    void whatIsTypedIsNotExpandedAgain() {
        assertThat(expanded("fix $1", "$2 x")).isEqualTo("fix $2");
        assertThat(expanded("say $ARGUMENTS", "$1 \\ $ARGUMENTS"))
                .isEqualTo("say $1 \\ $ARGUMENTS");
    }

    @Test
    void filesBecomeCommandsWithWhatTheirHeadsSay() throws IOException {
        Files.writeString(
                folder.resolve("review.md"),
                "---\ndescription: \"Look: twice\"\nmodel: openai/gpt\n---\n\nReview $1.\n");
        Files.writeString(folder.resolve("plain.md"), "# Tidy up\r\nall of it\r\n");
        Files.writeString(folder.resolve("notes.txt"), "no command");

        SlashCommands read = SlashCommands.read(folder);

        assertThat(read.problems()).isEmpty();
        assertThat(read.commands())
                .containsExactly(
                        new SlashCommand("plain", "Tidy up", null, "# Tidy up\r\nall of it"),
                        new SlashCommand("review", "Look: twice", "openai/gpt", "Review $1."));
        assertThat(read.find("review")).isPresent();
        assertThat(read.find("none")).isEmpty();
    }

    @Test
    void aFileThatCannotBeOneIsSaidAndTheOthersStay() throws IOException {
        Files.writeString(folder.resolve("my command.md"), "x");
        Files.writeString(folder.resolve("empty.md"), "---\ndescription: x\n---\n");
        Files.writeString(folder.resolve("good.md"), "x");

        SlashCommands read = SlashCommands.read(folder);

        assertThat(read.commands()).extracting(SlashCommand::name).containsExactly("good");
        assertThat(read.problems()).hasSize(2).allMatch(problem -> problem.contains(".md"));
    }
}
