package hal0.relay.key;

import java.math.BigDecimal;

/// What a request may come to: `sure` is its question alone, `most` with the longest answer that it
/// may get.
///
/// **Units** tokens, as estimated; USD, zero where the price is unknown or the model is local.
public record Claim(long sureTokens, long mostTokens, BigDecimal sureUsd, BigDecimal mostUsd) {}
