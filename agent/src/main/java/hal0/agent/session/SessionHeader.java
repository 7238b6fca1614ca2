package hal0.agent.session;

import java.time.Instant;

/// Under what circumstances a session began.
///
/// **Shape** `provider` and `model` are what was chosen then, empty for the active ones; an answer
/// records who really gave it.
public record SessionHeader(
        String id, String cwd, String provider, String model, Instant started) {}
