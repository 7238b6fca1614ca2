package hal0.agent.search;

import java.util.List;

/// Files whose lines a search does not show, because they hold keys: permission to look into a
/// folder is none to read them. Named as the path itself they are searched, as permissions say.
final class Secrets {
    private static final List<PathPattern> NAMES =
            List.of(
                            ".env",
                            ".env.*",
                            ".netrc",
                            ".npmrc",
                            ".pypirc",
                            ".git-credentials",
                            "id_rsa",
                            "id_ed25519",
                            "id_ecdsa",
                            "*.pem",
                            "*.key",
                            "*.p12",
                            "*.pfx",
                            "**/.ssh/**",
                            "**/.gnupg/**",
                            "**/.aws/**",
                            "**/.kube/**",
                            "**/.docker/config.json")
                    .stream()
                    .map(PathPattern::of)
                    .toList();
    private static final List<PathPattern> EXAMPLES =
            List.of(".env.example", ".env.sample", ".env.template", ".env.dist").stream()
                    .map(PathPattern::of)
                    .toList();

    private Secrets() {}

    static boolean holds(String path) {
        return NAMES.stream().anyMatch(name -> name.matches(path))
                && EXAMPLES.stream().noneMatch(name -> name.matches(path));
    }
}
