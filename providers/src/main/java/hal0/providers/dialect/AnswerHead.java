package hal0.providers.dialect;

import hal0.providers.message.ChatRequest;
import java.time.Instant;

/// What an answer to a client says before it says anything: its id, who answers, when; and the
/// request, which some protocols repeat.
///
/// **Shape** `id` without the prefix that a protocol puts before it. `countsUsage` as in
/// [ReadRequest].
public record AnswerHead(
        String id, String model, Instant created, ChatRequest request, boolean countsUsage) {}
