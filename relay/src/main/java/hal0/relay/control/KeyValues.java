package hal0.relay.control;

import hal0.home.IoReason;
import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.relay.event.Event.Severity;
import java.io.IOException;
import java.util.Map;

/// Writes the values of providers' keys to `api.env`, and takes them out again.
///
/// **Shape** no value is ever noted or told. **Errors** [ControlException]. **Threads** any.
final class KeyValues {
    private final LocalUpstreams.Surroundings around;
    private final Audit audit;

    KeyValues(LocalUpstreams.Surroundings around, Audit audit) {
        this.around = around;
        this.audit = audit;
    }

    void set(Provider provider, String variable, Secret value) {
        var _ =
                audit.noted(
                        "credential.set",
                        variable,
                        () -> state(variable),
                        () -> {
                            check(provider, variable, value);
                            write(() -> around.files().secrets().set(variable, value.value()));
                            return true;
                        });
        tell("credential.set", provider, variable + " has a new value");
    }

    /// Whether there was one.
    boolean remove(Provider provider, String variable) {
        boolean there =
                audit.noted(
                        "credential.remove",
                        variable,
                        () -> state(variable),
                        () -> {
                            requireReads(provider, variable);
                            boolean inFile =
                                    around.files().secrets().namesInFile().contains(variable);
                            write(() -> around.files().secrets().remove(variable));
                            return inFile;
                        });
        tell("credential.removed", provider, variable + " is not set any more");
        return there;
    }

    /// Refuses what `set` would, and sets nothing.
    static void check(Provider provider, String variable, Secret value) {
        requireReads(provider, variable);
        if (value.value().isBlank()) {
            throw ControlException.refused(
                    Refusal.INVALID, "the key is empty; nothing was written");
        }
    }

    private static void requireReads(Provider provider, String variable) {
        if (!provider.keyNames().contains(variable)) {
            throw ControlException.refused(
                    Refusal.CREDENTIAL_MISMATCH,
                    provider.keyNames().isEmpty()
                            ? "%s names no variable for its key; set its auth_value_env first"
                                    .formatted(provider.id())
                            : "%s reads %s and no other variable"
                                    .formatted(
                                            provider.id(),
                                            String.join(" or ", provider.keyNames())));
        }
    }

    private interface Edit {
        void run() throws IOException;
    }

    private void write(Edit edit) {
        try {
            around.files().home().createFolders();
            edit.run();
        } catch (IllegalArgumentException e) {
            throw ControlException.refused(Refusal.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new ControlException(
                    ErrorKind.INTERNAL,
                    "%s cannot be written: %s"
                            .formatted(around.files().home().envFile(), IoReason.of(e)),
                    e);
        }
        around.keysChanged().run();
    }

    private void tell(String type, Provider provider, String message) {
        around.events().emit(type, Severity.INFO, provider.id(), message, Map.of());
    }

    private String state(String variable) {
        boolean set = around.files().secrets().find(variable).isPresent();
        return "{\"value\":" + (set ? "\"***REDACTED***\"" : "null") + "}";
    }
}
