package hal0.slots.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words of engines, as they were seen, and what they mean.
class EngineFailureTest {
    private final Engine docker = Engine.at(RuntimeName.DOCKER, URI.create("unix:///d.sock"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    CONFIG_ERROR | slot.image | No such image: nope:1
                    CONFIG_ERROR | slot.image | localhost/nope:1: image not known
                    CONFIG_ERROR | slot.image | manifest for 127.0.0.1:5000/a:2 not found: manifest unknown: manifest unknown
                    CONFIG_ERROR | sign in    | pull access denied for nope, repository does not exist or may require 'docker login'
                    CONFIG_ERROR | sign in    | unauthorized: authentication required
                    CONFIG_ERROR | slot.image | invalid reference format
                    NO_FREE_PORT | slot.port  | driver failed programming external connectivity: Bind for 127.0.0.1:8081 failed: port is already allocated
                    NO_FREE_PORT | slot.port  | rootlessport listen tcp 127.0.0.1:8081: bind: address already in use
                    LOAD_FAILED  | Free space | failed to register layer: write /weights: no space left on device
                    CONFIG_ERROR | nvidia-container-toolkit | could not select device driver "" with capabilities: [[gpu]]
                    CONFIG_ERROR | nvidia-ctk | setting up CDI devices: unresolvable CDI devices nvidia.com/gpu=0
                    CONFIG_ERROR | model's file | invalid mount config for type "bind": bind source path does not exist: /m.gguf
                    CONFIG_ERROR | no such program | OCI runtime create failed: exec: "llama-serve": executable file not found in $PATH: unknown
                    LOAD_FAILED  | not hal0's | Conflict. The container name "/hal0-x-chat" is already in use by container "a1"
                    LOAD_FAILED  | something new | something new
                    """)
    void failureIsToldWithWhatToDo(SlotProblem problem, String advice, String words) {
        SlotException e = EngineFailure.told(docker, "start slot chat", words, null);
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.message())
                .startsWith("Docker could not start slot chat: " + words)
                .contains(advice);
    }

    @Test
    void wordsAreTakenOutOfWhatAnEngineAnswers() {
        assertThat(
                        EngineFailure.reason(
                                new InternalServerErrorException("{\"message\":\"it broke\"}\n")))
                .isEqualTo("it broke");
        assertThat(EngineFailure.reason(new DockerException("<html>bad</html>", 502)))
                .isEqualTo("<html>bad</html>");
        assertThat(
                        EngineFailure.reason(
                                new DockerException(
                                        "{\"cause\":\"c\",\"message\":\"it broke\",\"response\":500}",
                                        500)))
                .isEqualTo("it broke");
    }

    @Test
    void engineThatIsNotHeardIsUnavailable() {
        assertThat(problem(new RuntimeException(new IOException("Connection reset"))))
                .isEqualTo(SlotProblem.RUNTIME_UNAVAILABLE);
        assertThat(problem(new Deadline.Missed(Duration.ofSeconds(30))))
                .isEqualTo(SlotProblem.RUNTIME_UNAVAILABLE);
        assertThat(problem(new Deadline.Cancelled("enough"))).isEqualTo(SlotProblem.CANCELLED);
        assertThat(problem(new DockerException("no", 500))).isEqualTo(SlotProblem.LOAD_FAILED);
    }

    private SlotProblem problem(RuntimeException e) {
        return EngineFailure.of(docker, "start slot chat", e).problem();
    }
}
