package hal0.relay.mcp.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.memory.Note;
import hal0.relay.mcp.protocol.Caller;
import hal0.relay.mcp.protocol.ToolException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which bank is whose.
///
/// **Shape** a caller with a key for agents has the bank of the key's name, and with `X-hal0-Agent:
/// NAME` the bank `KEY.NAME`: whatever it calls itself, it stays within what is its key's. One with
/// a key for everything, or without need of a key, has the bank of the agent that it names, else
/// `default`, and may name any other. Pure.
final class Banks {
    private static final int LONGEST = 28;

    private Banks() {}

    /// That of the caller, or the one that it asks for.
    ///
    /// **Errors** [ToolException] for one that is not for it.
    static String of(Caller caller, String asked) {
        String own = own(caller);
        if (asked.isEmpty() || asked.equals(own)) {
            return own;
        }
        if (!caller.admin()) {
            throw new ToolException(
                    "bank: this key is for the bank \"%s\"; leave bank out".formatted(own));
        }
        try {
            Note.requireBank(asked);
        } catch (IllegalArgumentException e) {
            throw new ToolException("bank: " + e.getMessage(), e);
        }
        return asked;
    }

    /// Whether a note of that bank is for the caller.
    static boolean mayUse(Caller caller, String bank) {
        return caller.admin() || bank.equals(own(caller));
    }

    private static String own(Caller caller) {
        String agent = plain(caller.agent());
        if (caller.admin()) {
            return agent.isEmpty() ? Note.USUAL_BANK : agent;
        }
        String key = part(caller.key());
        return agent.isEmpty() ? key : key + "." + agent;
    }

    /// The name of a key as part of a bank's. Names that differ stay different: one that cannot
    /// stand as it is has a piece of its hash behind it.
    private static String part(@Nullable String name) {
        String plain = plain(name);
        return name == null || plain.equals(name) ? plain : plain + "-" + hash(name);
    }

    /// A name in the letters that a bank may have, without the dot that parts two.
    private static String plain(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return "";
        }
        String even = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "_");
        String begun = even.matches("[a-z0-9].*") ? even : "x" + even;
        return begun.length() > LONGEST ? begun.substring(0, LONGEST) : begun;
    }

    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
