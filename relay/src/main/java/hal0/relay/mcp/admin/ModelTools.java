package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.providers.http.CancelToken;
import hal0.relay.mcp.protocol.Call;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.model.ModelJson;
import hal0.relay.model.PullJson;
import hal0.relay.route.Field;
import hal0.slots.model.pull.PullStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Models of this machine, and those on their way here.
final class ModelTools {
    private static final int LONGEST_WAIT = 900;
    private static final Field JOB = Field.text("job", "The job, as pulls_list has it.").must();

    private final Ground ground;

    ModelTools(Ground ground) {
        this.ground = ground;
    }

    List<OfferedTool> all() {
        return List.of(
                of(
                                Tier.READ,
                                "models_list",
                                "The models of the registry and the files of the store.")
                        .answers(Field.list("models", "Each model.").must())
                        .does(_ -> Trees.list("models", ground.models().list(), ModelJson::write)),
                of(Tier.READ, "pulls_list", "Models on their way here, and the last that came.")
                        .answers(Field.list("pulls", "Each pull.").must())
                        .does(_ -> Trees.list("pulls", ground.models().pulls(), PullJson::write)),
                of(
                                Tier.READ,
                                "pull_get",
                                "How far a pull is; with wait_s waits until it is over, and tells its progress.")
                        .takes(
                                JOB,
                                Field.whole(
                                        "wait_s", "Seconds to wait, 900 at most; 0 if left out."))
                        .answers(
                                Field.text("job", "The job.").must(),
                                Field.text("state", "What it is at.").must())
                        .does(this::pull),
                of(Tier.WRITE, "pull_cancel", "Ends a pull; what has come stays for the next one.")
                        .idempotent()
                        .takes(JOB)
                        .answers(Field.text("state", "What it is at.").must())
                        .does(given -> tree(given.models().cancel(given.text("job")))));
    }

    private ToolBuilder<Given> of(Tier tier, String name, String description) {
        return ToolBuilder.of(ground::given, tier, name, description);
    }

    private static ObjectNode tree(PullStatus status) {
        return Trees.object(json -> PullJson.write(json, status));
    }

    private ObjectNode pull(Given given) {
        PullStatus now = ground.models().pull(given.text("job"));
        int seconds = given.whole("wait_s", 0, 0, LONGEST_WAIT);
        if (seconds == 0 || now.state().isOver()) {
            return tree(now);
        }
        return tree(followed(given.call(), now.job(), Duration.ofSeconds(seconds)));
    }

    private PullStatus followed(Call call, String job, Duration patience) {
        CancelToken enough = new CancelToken();
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().name("mcp-pull-wait").start(() -> endAfter(patience, over, enough));
        try (var _ = call.cancel().onCancel(() -> enough.cancel("nobody waits for it"))) {
            return ground.models().follow(job, status -> tell(call, status), enough);
        } finally {
            over.countDown();
        }
    }

    private static void endAfter(Duration patience, CountDownLatch over, CancelToken enough) {
        try {
            if (!over.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                enough.cancel("it was waited for long enough");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Call call, PullStatus status) {
        call.progress(
                (double) status.done(),
                status.total() == 0 ? null : (double) status.total(),
                "%s: %s".formatted(status.reference(), status.state().word()));
    }
}
