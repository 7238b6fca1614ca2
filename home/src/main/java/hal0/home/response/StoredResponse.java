package hal0.home.response;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One answer and what was asked for it.
///
/// **Shape** `input` is a JSON list of the items that this request added to those before it,
/// `answer` the whole answer as a JSON object; `previous` is the id of the answer that it went on
/// from. `owner` is empty where no key is needed.
public record StoredResponse(
        String id,
        String owner,
        Instant created,
        @Nullable String previous,
        String input,
        String answer) {

    /// **Units** characters, roughly its bytes.
    public long size() {
        return (long) input.length() + answer.length();
    }

    /// Without what was said.
    @Override
    public String toString() {
        return "StoredResponse[" + id + ", " + created + ", " + size() + " characters]";
    }
}
