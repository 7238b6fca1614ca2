package hal0.slots.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Secret;
import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.definition.SlotSpec.Type;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.swarm.ServiceForm.KeyPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceFormTest {
    private static final KeyPlace PLACE = new KeyPlace("secret-id", "secret-name");

    private static Launch launch(Type type, String image, Device device) {
        return new Launch(
                "chat",
                type,
                RuntimeName.SWARM,
                image,
                List.of(new Argument("--port", Argument.Source.BASE, "")),
                Map.of("A", "1"),
                device,
                0,
                8081,
                1024,
                1.5,
                List.of("node.role == worker"),
                "/health",
                new Launch.Served("qwen", Path.of("/data/q.gguf"), "/models/q.gguf", 512));
    }

    @Test
    void everyPartOfAModelIsMountedAndReadOnly() {
        Launch one = llama(Device.CPU);
        Path file = Path.of("/data/q-00001-of-00002.gguf");
        Launch split =
                new Launch(
                        one.slot(),
                        one.type(),
                        one.runtime(),
                        one.image(),
                        one.arguments(),
                        one.env(),
                        one.device(),
                        0,
                        one.port(),
                        0,
                        0,
                        List.of(),
                        one.healthPath(),
                        new Launch.Served("q", file, "/models/q-00001-of-00002.gguf", 512));
        JsonNode mounts = form(split, PLACE).at("/TaskTemplate/ContainerSpec/Mounts");
        assertThat(mounts).hasSize(2);
        assertThat(mounts.at("/1/Source").asText()).isEqualTo("/data/q-00002-of-00002.gguf");
        assertThat(mounts.at("/1/Target").asText()).isEqualTo("/models/q-00002-of-00002.gguf");
        assertThat(mounts.findValuesAsText("ReadOnly")).containsOnly("true");
        assertThat(form(one, PLACE).at("/TaskTemplate/ContainerSpec/Mounts")).hasSize(1);
    }

    private static Launch llama(Device device) {
        return launch(Type.LLM, "ghcr.io/ggml-org/llama.cpp:server", device);
    }

    private static JsonNode form(Launch launch, KeyPlace place) {
        return new ObjectMapper()
                .valueToTree(
                        ServiceForm.of(
                                launch,
                                new HomeMark("0123456789ab"),
                                new Secret("sesame"),
                                place,
                                Duration.ofSeconds(10)));
    }

    @Test
    void oneTaskIsPublishedByItsNodeAndMarkedAsOurs() {
        JsonNode spec = form(llama(Device.CPU), PLACE);
        assertThat(spec.at("/Name").asText()).isEqualTo("hal0-0123456789ab-chat");
        assertThat(spec.at("/Labels/hal0.slot").asText()).isEqualTo("chat");
        assertThat(spec.at("/Mode/Replicated/Replicas").asInt()).isEqualTo(1);
        assertThat(spec.at("/EndpointSpec/Ports/0/PublishMode").asText()).isEqualTo("host");
        assertThat(spec.at("/EndpointSpec/Ports/0/PublishedPort").asInt()).isEqualTo(8081);
        assertThat(spec.at("/TaskTemplate/Placement/Constraints/0").asText())
                .isEqualTo("node.role == worker");
    }

    @Test
    void whatIsLimitedIsReservedToo() {
        JsonNode resources = form(llama(Device.CPU), PLACE).at("/TaskTemplate/Resources");
        for (String part : List.of("Limits", "Reservations")) {
            assertThat(resources.at("/" + part + "/MemoryBytes").asLong()).isEqualTo(1L << 30);
            assertThat(resources.at("/" + part + "/NanoCPUs").asLong()).isEqualTo(1_500_000_000L);
        }
    }

    @Test
    void gpuIsReservedAsTheResourceThatNodesOffer() {
        JsonNode resources = form(llama(Device.GPU_CUDA), PLACE).at("/TaskTemplate/Resources");
        String path = "/Reservations/GenericResources/0/DiscreteResourceSpec/";
        assertThat(resources.at(path + "Kind").asText()).isEqualTo("NVIDIA-GPU");
        assertThat(resources.at(path + "Value").asInt()).isEqualTo(1);
        assertThat(resources.at("/Limits/GenericResources").isMissingNode()).isTrue();
    }

    @Test
    void deviceThatSwarmCannotGiveIsRefused() {
        assertThatThrownBy(() -> form(llama(Device.GPU_ROCM), PLACE))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> assertThat(e.problem()).isEqualTo(SlotProblem.CONFIG_ERROR))
                .hasMessageContaining("gpu-rocm");
    }

    @Test
    void llamaServerReadsItsKeyFromTheSecret() {
        Launch launch = llama(Device.CPU);
        assertThat(SlotKey.way(launch)).isEqualTo(SlotKey.Way.FLAG);
        JsonNode spec = form(launch, PLACE);
        JsonNode container = spec.at("/TaskTemplate/ContainerSpec");
        assertThat(container.at("/Args").toString())
                .isEqualTo("[\"--port\",\"--api-key-file\",\"/run/secrets/hal0-slot-key\"]");
        assertThat(container.at("/Secrets/0/File/Name").asText()).isEqualTo("hal0-slot-key");
        assertThat(spec.toString()).doesNotContain("sesame");
    }

    @Test
    void vllmReadsItsKeyFromAVariable() {
        Launch launch = launch(Type.LLM, "vllm/vllm-openai:v0.11.0", Device.GPU_CUDA);
        assertThat(SlotKey.way(launch)).isEqualTo(SlotKey.Way.VARIABLE);
        JsonNode container = form(launch, null).at("/TaskTemplate/ContainerSpec");
        assertThat(container.at("/Env").toString()).isEqualTo("[\"A=1\",\"VLLM_API_KEY=sesame\"]");
        assertThat(container.at("/Args").toString()).isEqualTo("[\"--port\"]");
    }

    @Test
    void serverThatKnowsNoKeysGetsNone() {
        Launch launch = launch(Type.IMAGE, "example/comfyui:1", Device.CPU);
        assertThat(SlotKey.way(launch)).isEqualTo(SlotKey.Way.NONE);
    }
}
