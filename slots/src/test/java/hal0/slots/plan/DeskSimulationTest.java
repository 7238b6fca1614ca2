package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.plan.TestMachine.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ten thousand machines in virtual time. [TestMachine] checks at each order that memory is not
/// over-committed, nothing busy is unloaded and nothing is loaded twice.
class DeskSimulationTest {
    private static final int SEEDS = 5_000;
    private static final Duration FOREVER = Duration.ofDays(100);

    /// Requests, cancelled ones among them, operators, failing loads and crashes.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void everyRequestIsAnsweredAndEveryPlaceGivenBack(int slots) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                run(seed * 10 + slots, slots);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void run(long seed, int count) {
        TestMachine machine = machine(seed, count);
        machine.failing = 0.1;
        List<TestRequest> requests = new ArrayList<>();
        List<Ticket> orders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            machine.after(machine.some(60_000), () -> act(machine, count, requests, orders));
        }
        machine.run(Duration.ofHours(3));
        for (TestRequest request : requests) {
            assertThat(request.isAnswered()).as("answered").isTrue();
        }
        for (Ticket order : orders) {
            assertThat(order.isEnded()).as("the order came to an end").isTrue();
        }
        for (Slot slot : machine.slots.values()) {
            assertThat(slot.inside).isZero();
            assertThat(slot.gate.inside()).as("places that are out").isZero();
            assertThat(slot.gate.waiting()).isZero();
        }
    }

    private static void act(
            TestMachine machine, int count, List<TestRequest> requests, List<Ticket> orders) {
        String slot = "s" + machine.random.nextInt(count);
        String model = new String[] {null, "a", "b"}[machine.random.nextInt(3)];
        switch (machine.random.nextInt(12)) {
            case 0 -> orders.add(machine.order(slot, World.Kind.DOWN, null));
            case 1 -> orders.add(machine.order(slot, World.Kind.UP, model));
            case 2 -> machine.crash(machine.slots.get(slot), machine.some(8_000));
            case 3 -> machine.desk.letGo(slot);
            case 4 -> {
                TestRequest request =
                        new TestRequest(machine, slot, model, FOREVER, machine.some(9_000));
                requests.add(request);
                machine.after(machine.some(20_000), request::cancel);
            }
            default -> {
                Duration patience = machine.random.nextBoolean() ? FOREVER : machine.some(15_000);
                requests.add(new TestRequest(machine, slot, model, patience, machine.some(9_000)));
            }
        }
    }

    private static TestMachine machine(long seed, int count) {
        TestMachine machine = new TestMachine(seed, 100);
        machine.others = machine.random.nextInt(20);
        for (int i = 0; i < count; i++) {
            Map<String, Long> needs = new HashMap<>();
            needs.put("a", 10L + machine.random.nextInt(75));
            needs.put("b", 10L + machine.random.nextInt(75));
            boolean pinned = machine.random.nextInt(8) == 0;
            machine.define(
                    TestMachine.terms("s" + i, 1 + machine.random.nextInt(3), pinned),
                    machine.some(20_000),
                    needs);
        }
        return machine;
    }

    /// Nobody waits for ever while others keep coming, and everybody is served some time.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void nobodyStarves(int count) {
        for (long seed = 0; seed < 100; seed++) {
            TestMachine machine = new TestMachine(seed, 100);
            for (int i = 0; i < count; i++) {
                machine.define(
                        TestMachine.terms("s" + i, 2, false),
                        machine.some(15_000),
                        Map.of("a", 60L, "b", 70L));
            }
            List<TestRequest> requests = new ArrayList<>();
            flood(machine, count, requests, 300);
            machine.run(Duration.ofDays(2));
            for (TestRequest request : requests) {
                assertThat(request.refusal).isNull();
                assertThat(Duration.ofNanos(request.entered - request.came))
                        .as("seed %d: a wait", seed)
                        .isBetween(Duration.ZERO, Duration.ofMinutes(30));
            }
        }
    }

    /// Arrivals a little apart, so that no model is ever quiet.
    private static void flood(
            TestMachine machine, int slots, List<TestRequest> requests, int left) {
        if (left > 0) {
            String slot = "s" + machine.random.nextInt(slots);
            String model = machine.random.nextBoolean() ? "a" : "b";
            requests.add(new TestRequest(machine, slot, model, FOREVER, machine.some(3_000)));
            machine.after(machine.some(2_000), () -> flood(machine, slots, requests, left - 1));
        }
    }

    /// Clients of two models, each back as soon as it has its answer or, as agents are, a moment
    /// later: both are served, and most of the time goes into answers rather than loads.
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 500})
    void twoModelsOfOneSlotTakeTurnsWithoutThrashing(int pauseMs) {
        TestMachine machine = new TestMachine(pauseMs, 100);
        Slot slot =
                machine.define(
                        TestMachine.terms("s", 2, false),
                        Duration.ofSeconds(10),
                        Map.of("a", 60L, "b", 70L));
        Map<String, List<TestRequest>> served =
                Map.of("a", new ArrayList<>(), "b", new ArrayList<>());
        for (String model : List.of("a", "b")) {
            keepAsking(machine, model, Duration.ofMillis(pauseMs), served.get(model));
        }
        machine.run(Duration.ofMinutes(30));
        assertThat(slot.loads).as("loads in half an hour").isBetween(20, 60);
        served.forEach((model, requests) -> {
            assertThat(requests).as("answers of %s", model).hasSizeGreaterThan(200);
            for (TestRequest request : requests) {
                assertThat(request.entered - request.came)
                        .isLessThan(Duration.ofSeconds(60).toNanos());
            }
        });
    }

    private static void keepAsking(
            TestMachine machine, String model, Duration pause, List<TestRequest> served) {
        TestRequest request = new TestRequest(machine, "s", model, FOREVER, machine.some(3_000));
        request.onLeave =
                () -> {
                    served.add(request);
                    machine.after(pause, () -> keepAsking(machine, model, pause, served));
                };
    }
}
