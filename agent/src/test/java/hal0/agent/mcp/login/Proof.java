package hal0.agent.mcp.login;

/// What PKCE makes of a verifier, for servers of tests in other packages.
public final class Proof {
    private Proof() {}

    public static String of(String verifier) {
        return Login.challenge(verifier);
    }
}
