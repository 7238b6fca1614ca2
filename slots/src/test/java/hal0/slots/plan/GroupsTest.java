package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.CancelToken;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsTest {
    private static final Duration LOAD = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir Path folder;
    private TestMachine machine;

    @BeforeEach
    void start() {
        machine = machine();
        define(machine);
    }

    private Path file() {
        return folder.resolve("state/gpu.json");
    }

    private TestMachine machine() {
        return new TestMachine(
                1, 100, new Arbiter.Settings(0, true, Duration.ofMinutes(60), file()));
    }

    private static void define(TestMachine machine) {
        machine.define(TestMachine.terms("chat", 2, false), LOAD, Map.of("a", 30L, "b", 30L));
        machine.define(TestMachine.terms("code", 2, false), LOAD, Map.of("a", 30L));
        machine.define(TestMachine.image("paint"), LOAD, Map.of("a", 90L));
    }

    private Ticket mode(String mode, boolean force, boolean pin) {
        Ticket ticket = new Ticket();
        machine.desk.mode(mode, force, pin, ticket);
        machine.step();
        return ticket;
    }

    private TestRequest ask(String slot, String model, Duration stays) {
        TestRequest request = new TestRequest(machine, slot, model, MINUTE, stays);
        machine.run(Duration.ofMillis(1));
        return request;
    }

    private String written() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SlotProblem problem(Ticket ticket) {
        return ticket.failure() == null ? null : ticket.failure().problem();
    }

    @Test
    void aSwitchTakesDownTheOneGroupAndBringsUpTheOther() {
        ask("chat", "b", Duration.ofSeconds(1));
        machine.run(MINUTE);
        Ticket ticket = mode("img", false, false);
        machine.run(MINUTE);
        assertThat(ticket.await(Duration.ZERO, new CancelToken())).isTrue();
        assertThat(machine.slots.get("paint").truth).isEqualTo(TestMachine.Truth.UP);
        assertThat(machine.slots.get("chat").truth).isEqualTo(TestMachine.Truth.DOWN);
        assertThat(machine.desk.sharing().mode()).isEqualTo("img");
        Ticket back = mode("llm", false, false);
        machine.run(MINUTE);
        assertThat(back.await(Duration.ZERO, new CancelToken())).isTrue();
        assertThat(machine.slots.get("chat").model).as("what it had before").isEqualTo("b");
        assertThat(machine.slots.get("code").loads).isZero();
    }

    @Test
    void requestsUnderWayEndFirst() {
        TestRequest request = ask("chat", "a", Duration.ofSeconds(60));
        machine.run(Duration.ofSeconds(20));
        mode("img", false, false);
        machine.run(Duration.ofSeconds(20));
        assertThat(request.done).isFalse();
        assertThat(machine.slots.get("paint").loads).isZero();
        machine.run(MINUTE);
        assertThat(request.done).isTrue();
        assertThat(machine.slots.get("paint").truth).isEqualTo(TestMachine.Truth.UP);
    }

    @Test
    void forceDoesNotWaitForThem() {
        machine.cutAllowed = true;
        ask("chat", "a", Duration.ofHours(1));
        machine.run(Duration.ofSeconds(20));
        mode("img", true, false);
        machine.run(Duration.ofSeconds(20));
        assertThat(machine.slots.get("paint").truth).isEqualTo(TestMachine.Truth.UP);
    }

    @Test
    void whatIsUnderWayIsWrittenBeforeAnythingIsUnloaded() {
        ask("chat", "a", Duration.ofSeconds(1));
        machine.run(MINUTE);
        machine.beforeUnload =
                () ->
                        assertThat(written())
                                .contains("\"switching_to\" : \"img\"")
                                .contains("\"mode\" : \"llm\"");
        Ticket ticket = mode("img", false, true);
        machine.run(MINUTE);
        assertThat(ticket.isEnded()).isTrue();
        assertThat(written())
                .contains("\"mode\" : \"img\"")
                .contains("\"switching_to\" : null")
                .contains("\"pinned\" : true");
    }

    @Test
    void nothingIsUnloadedWhenThatCannotBeWritten() throws IOException {
        ask("chat", "a", Duration.ofSeconds(1));
        machine.run(MINUTE);
        Files.writeString(folder.resolve("state"), "a file in the way of the folder");
        Ticket ticket = mode("img", false, false);
        assertThat(problem(ticket)).isEqualTo(SlotProblem.LOAD_FAILED);
        machine.run(MINUTE);
        assertThat(machine.slots.get("chat").truth).isEqualTo(TestMachine.Truth.UP);
        assertThat(machine.desk.sharing().mode()).isEqualTo("llm");
    }

    @Test
    void aSwitchThatFailsIsTakenBack() {
        ask("chat", "b", Duration.ofSeconds(1));
        machine.run(MINUTE);
        machine.broken.add("paint");
        Ticket ticket = mode("img", false, false);
        machine.run(Duration.ofMinutes(2));
        assertThatThrownBy(() -> ticket.await(Duration.ZERO, new CancelToken()))
                .hasMessageContaining("it would not");
        assertThat(machine.desk.sharing().mode()).isEqualTo("llm");
        assertThat(machine.desk.sharing().note()).contains("it would not");
        assertThat(machine.slots.get("chat").model).isEqualTo("b");
        assertThat(written()).contains("\"mode\" : \"llm\"").contains("\"switching_to\" : null");
    }

    @Test
    void requestsForTheOtherGroupAreToldWhoHasTheGpu() {
        TestRequest image = ask("paint", null, Duration.ofSeconds(1));
        assertThat(image.refusal.problem()).isEqualTo(SlotProblem.INFERENCE_MODE);
        assertThat(image.refusal.retryAfter()).isPositive();
        mode("img", false, false);
        machine.run(MINUTE);
        TestRequest text = ask("chat", null, Duration.ofSeconds(1));
        assertThat(text.refusal.problem()).isEqualTo(SlotProblem.IMAGE_MODE);
        assertThat(text.refusal.retryAfter())
                .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
        assertThat(machine.slots.get("chat").loads).isZero();
    }

    @Test
    void whileTheGpuIsClearedNeitherGroupGetsIt() {
        ask("chat", "a", Duration.ofSeconds(60));
        machine.run(Duration.ofSeconds(20));
        mode("img", false, false);
        assertThat(ask("chat", "a", MINUTE).refusal.problem()).isEqualTo(SlotProblem.IMAGE_MODE);
        assertThat(ask("paint", null, MINUTE).refusal.problem())
                .isEqualTo(SlotProblem.INFERENCE_MODE);
    }

    @Test
    void anOperatorsLoadOfTheOtherGroupIsRefused() {
        Ticket ticket = machine.order("paint", World.Kind.UP, null);
        machine.step();
        assertThat(problem(ticket)).isEqualTo(SlotProblem.INFERENCE_MODE);
        assertThat(machine.refused).singleElement().asString().contains("language models");
    }

    @Test
    void languageModelsComeBackWhenImagesWereNotUsedForLong() {
        ask("chat", "b", Duration.ofSeconds(1));
        machine.run(MINUTE);
        mode("img", false, false);
        machine.run(Duration.ofMinutes(30));
        ask("paint", null, Duration.ofSeconds(5));
        machine.run(Duration.ofMinutes(45));
        assertThat(machine.desk.sharing().mode()).as("used 45 minutes ago").isEqualTo("img");
        machine.run(Duration.ofMinutes(20));
        assertThat(machine.desk.sharing().mode()).isEqualTo("llm");
        assertThat(machine.slots.get("chat").model).isEqualTo("b");
    }

    @Test
    void aPinnedModeStaysUntilForced() {
        mode("img", false, true);
        machine.run(Duration.ofHours(5));
        assertThat(machine.desk.sharing().mode()).isEqualTo("img");
        assertThat(problem(mode("llm", false, false))).isEqualTo(SlotProblem.PINNED);
        Ticket forced = mode("llm", true, false);
        machine.run(MINUTE);
        assertThat(forced.isEnded()).isTrue();
        assertThat(machine.desk.sharing().mode()).isEqualTo("llm");
    }

    @Test
    void aPinnedSlotIsInTheWayUnlessForced() {
        machine.define(TestMachine.terms("dear", 1, true), LOAD, Map.of("a", 10L));
        ask("dear", null, Duration.ofSeconds(1));
        machine.run(MINUTE);
        Ticket ticket = mode("img", false, false);
        assertThat(problem(ticket)).isEqualTo(SlotProblem.PINNED);
        assertThat(ticket.failure()).hasMessageContaining("dear");
    }

    @Test
    void aRestartInTheMiddleOfASwitchEndsInTheModeThatWas() throws IOException {
        ask("chat", "b", Duration.ofSeconds(60));
        machine.run(Duration.ofSeconds(20));
        mode("img", false, false);
        assertThat(written()).contains("\"switching_to\" : \"img\"");
        // The process dies here; the next finds an image slot up, as the switch had got that far.
        machine = machine();
        define(machine);
        machine.slots.get("paint").truth = TestMachine.Truth.UP;
        machine.desk.loading("paint", "a");
        machine.desk.up("paint", TestMachine.target("paint", "a"));
        machine.run(MINUTE);
        assertThat(machine.desk.sharing().mode()).isEqualTo("llm");
        assertThat(machine.desk.sharing().note()).contains("img");
        assertThat(machine.slots.get("paint").truth).isEqualTo(TestMachine.Truth.DOWN);
        assertThat(machine.slots.get("chat").model).isEqualTo("b");
        assertThat(written()).contains("\"switching_to\" : null");
    }

    @Test
    void aModeOutlivesARestart() {
        mode("img", false, true);
        machine.run(MINUTE);
        machine = machine();
        define(machine);
        assertThat(machine.desk.sharing().mode()).isEqualTo("img");
        assertThat(machine.desk.sharing().pinned()).isTrue();
    }

    @Test
    void aTornFileCountsAsNone() throws IOException {
        Files.createDirectories(file().getParent());
        for (String content : new String[] {"", "{\"mode\":\"im", "[]", "{\"mode\":\"x\"}"}) {
            Files.writeString(file(), content);
            assertThat(machine().desk.sharing().mode()).isEqualTo("llm");
        }
    }

    @Test
    void unknownModesAndMachinesWithoutGroupsAreTold() {
        assertThat(problem(mode("video", false, false))).isEqualTo(SlotProblem.CONFIG_ERROR);
        machine = new TestMachine(1, 100);
        assertThat(mode("img", false, false).failure())
                .isInstanceOf(SlotException.class)
                .hasMessageContaining("exclusive_groups");
    }

    @Test
    void aGroupWithoutSlotsIsNotSwitchedTo() {
        machine = machine();
        machine.define(TestMachine.terms("chat", 2, false), LOAD, Map.of("a", 30L));
        assertThat(problem(mode("img", false, false))).isEqualTo(SlotProblem.CONFIG_ERROR);
    }

    @Test
    void aSecondSwitchWaitsForTheFirst() {
        ask("chat", "a", Duration.ofSeconds(60));
        machine.run(Duration.ofSeconds(20));
        mode("img", false, false);
        assertThat(problem(mode("llm", false, false))).isEqualTo(SlotProblem.ILLEGAL_TRANSITION);
    }
}
