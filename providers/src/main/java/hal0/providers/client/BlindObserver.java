package hal0.providers.client;

import hal0.providers.error.ProviderException;
import hal0.providers.event.AnswerObserver;
import hal0.providers.event.Usage;
import hal0.providers.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/// Watches an answer in a language that nobody here reads: it learns nothing, and takes the answer
/// for whole.
final class BlindObserver implements AnswerObserver {

    @Override
    public void frame(SseFrame frame) {
        // Nothing to be learned.
    }

    @Override
    public void whole(byte[] body) {
        // Nothing to be learned.
    }

    @Override
    public @Nullable Usage usage() {
        return null;
    }

    @Override
    public @Nullable String model() {
        return null;
    }

    @Override
    public boolean hasContent() {
        return false;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public @Nullable ProviderException failure() {
        return null;
    }
}
