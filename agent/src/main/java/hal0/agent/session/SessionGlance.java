package hal0.agent.session;

import hal0.providers.price.Cost;
import java.time.Instant;

/// What a list tells of a session.
///
/// **Shape** `title` is the first line that the user said, empty when nothing was said in words;
/// `messages` counts what the user said and what was answered; `provider` and `model` gave the last
/// answer, and are those chosen at the start when there is none. `cost` is unknown only when no
/// price at all is known, and `priceKnown` tells whether it is all that was spent. `changed` is
/// when the file was written last. **Units** of `size` bytes.
public record SessionGlance(
        SessionHeader header,
        String title,
        int messages,
        String provider,
        String model,
        Cost cost,
        boolean priceKnown,
        Instant changed,
        long size) {

    public String id() {
        return header.id();
    }
}
