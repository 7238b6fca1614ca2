package hal0.slots.error;

import hal0.home.error.ErrorKind;
import java.util.Arrays;
import java.util.Optional;

/// What can go wrong with a model's file or its entry in the registry, by the code that clients and
/// scripts see and the status of HTTP that goes with it.
public enum ModelProblem {
    NOT_FOUND("model.not_found", 404, ErrorKind.CONFIGURATION),
    ALREADY_EXISTS("model.already_exists", 409, ErrorKind.CONFIGURATION),
    /// A slot is defined with it.
    IN_USE("model.in_use", 409, ErrorKind.CONFIGURATION),
    /// A name, path or reference that cannot be.
    INVALID("model.invalid", 400, ErrorKind.CONFIGURATION),
    /// The reference fits several models.
    AMBIGUOUS("model.ambiguous", 400, ErrorKind.CONFIGURATION),
    /// The file is none that could be read as a model.
    UNREADABLE("model.unreadable", 400, ErrorKind.CONFIGURATION),
    /// The disk, or a file or folder on it, does not take it.
    STORE("model.store", 500, ErrorKind.CONFIGURATION),
    NO_SPACE("model.no_space", 507, ErrorKind.CONFIGURATION),
    /// Who has the file does not let us have it.
    FORBIDDEN("model.forbidden", 403, ErrorKind.FORBIDDEN),
    /// Who has the file does not answer, or not as it should.
    UPSTREAM("model.upstream", 502, ErrorKind.UNREACHABLE),
    /// What came is not what was promised.
    CHECKSUM("model.checksum_mismatch", 502, ErrorKind.BAD_STREAM),
    /// Another process fetches it.
    BUSY("model.busy", 409, ErrorKind.CONFIGURATION),
    CANCELLED("model.cancelled", 499, ErrorKind.CANCELLED);

    private final String code;
    private final int status;
    private final ErrorKind kind;

    ModelProblem(String code, int status, ErrorKind kind) {
        this.code = code;
        this.status = status;
        this.kind = kind;
    }

    /// The one of that code.
    public static Optional<ModelProblem> find(String code) {
        return Arrays.stream(values()).filter(problem -> problem.code.equals(code)).findFirst();
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public ErrorKind kind() {
        return kind;
    }
}
