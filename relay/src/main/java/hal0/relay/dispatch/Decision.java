package hal0.relay.dispatch;

import java.util.List;

/// Where a request goes and why.
///
/// **Shape** `path` is `passthrough:N`, `passthrough-prefetched:N`, `prefix:N`, `rule:N` or
/// `active:N` with the provider's id for N; `tried` names the providers whose lists were fetched
/// for it.
public record Decision(String requested, Target target, String path, List<String> tried) {
    public Decision {
        tried = List.copyOf(tried);
    }
}
