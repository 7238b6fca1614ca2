package hal0.home.memory;

import java.util.List;

/// A model that turns texts into vectors, so that texts of like meaning lie in like directions.
///
/// **Shape** the model may change between two calls, as its owner chooses. **Threads** any; `embed`
/// blocks on the model, and the thread that waits may be interrupted.
public interface Embedder {

    /// The name under which its vectors are kept; empty while there is no such model.
    String model();

    /// One vector for each text, in their order, all with as many numbers.
    ///
    /// **Errors** [EmbedderException].
    List<float[]> embed(List<String> texts);

    /// No model at all.
    Embedder NONE =
            new Embedder() {
                @Override
                public String model() {
                    return "";
                }

                @Override
                public List<float[]> embed(List<String> texts) {
                    throw EmbedderException.unavailable("no model for embeddings is set", null);
                }
            };
}
