package hal0.relay.control;

import java.util.Arrays;
import java.util.Optional;

/// Why an operation is refused, in a form for programs.
public enum Refusal {
    NOT_FOUND("upstream.not_found", 404),
    PROTECTED("upstream.protected", 400),
    ALREADY_EXISTS("upstream.already_exists", 409),
    INVALID("upstream.invalid", 400),
    KEY_ORIGIN("upstream.key_origin", 409),
    CREDENTIAL_MISMATCH("provider.credential_mismatch", 400),
    NO_APPROVAL("approval.not_found", 404),
    DECIDED("approval.decided", 409),
    NO_CATALOG_URL("catalog.no_url", 400),
    NO_NOTE("memory.not_found", 404);

    private final String code;
    private final int status;

    Refusal(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /// As it stands in `error.code`.
    public String code() {
        return code;
    }

    /// As HTTP tells of it.
    public int status() {
        return status;
    }

    static Optional<Refusal> find(String code) {
        return Arrays.stream(values()).filter(refusal -> refusal.code.equals(code)).findFirst();
    }
}
