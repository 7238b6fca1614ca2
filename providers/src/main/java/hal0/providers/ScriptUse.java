package hal0.providers;

import java.util.List;
import java.util.regex.Pattern;

/// That a provider is of a script's type: the script says where it is and how it is called.
///
/// **Shape** `type` names the script; `url` is the base URL that the user declared, empty when
/// nobody did; `allowHosts` are further hosts, as `host` or `host:port`, that the script may reach.
/// `completed` once what the script says is part of the provider.
public record ScriptUse(String type, String url, List<String> allowHosts, boolean completed) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public ScriptUse {
        allowHosts = List.copyOf(allowHosts);
    }

    /// Whether a script can have that name, which is that of its file without `.lua`.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
