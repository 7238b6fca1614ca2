package hal0.slots.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ErrorDetail;
import hal0.providers.http.CancelToken;
import hal0.slots.engine.Connection;
import hal0.slots.engine.Engine;
import hal0.slots.engine.EngineFailure;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.PullProgress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The images of an engine.
final class Images {
    private final Engine engine;

    Images(Engine engine) {
        this.engine = engine;
    }

    boolean has(String image) {
        return engine.connect()
                .call(
                        "look for image " + image,
                        docker -> {
                            try {
                                return docker.inspectImageCmd(image).exec() != null;
                            } catch (NotFoundException e) {
                                return false;
                            }
                        });
    }

    /// Fetches it, or makes sure that it is the newest of its tag. The engine drops what it has of
    /// an image when nobody listens to it any more.
    void pull(String image, Consumer<PullProgress> progress, CancelToken cancel) {
        Connection connection = engine.connect();
        String doing = "pull image " + image;
        PullTally tally = new PullTally(image);
        AtomicReference<@Nullable String> error = new AtomicReference<>();
        Consumer<PullResponseItem> listener =
                item -> {
                    ErrorDetail detail = item.getErrorDetail();
                    if (detail != null) {
                        error.set(detail.getMessage());
                    }
                    PullProgress sum = tally.add(item);
                    if (sum != null) {
                        progress.accept(sum);
                    }
                };
        progress.accept(new PullProgress(image, 0, 0));
        connection.follow(
                doing, cancel, listener, (docker, feed) -> command(docker, image).exec(feed));
        if (cancel.isCancelled()) {
            throw SlotException.of(
                    SlotProblem.CANCELLED, "hal0 did not %s: %s".formatted(doing, cancel.reason()));
        }
        String failure = error.get();
        if (failure != null) {
            throw EngineFailure.told(engine, doing, failure, null);
        }
        if (!has(image)) {
            throw EngineFailure.told(
                    engine, doing, "it ended early and the image is not there", null);
        }
    }

    /// Without a tag an engine would fetch all that there are.
    private static PullImageCmd command(DockerClient docker, String image) {
        int digest = image.indexOf('@');
        if (digest >= 0) {
            return docker.pullImageCmd(image.substring(0, digest))
                    .withTag(image.substring(digest + 1));
        }
        int colon = image.lastIndexOf(':');
        if (colon > image.lastIndexOf('/')) {
            return docker.pullImageCmd(image.substring(0, colon))
                    .withTag(image.substring(colon + 1));
        }
        return docker.pullImageCmd(image).withTag("latest");
    }
}
