package hal0.slots.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// Tells one launch from another without showing what is in it.
final class Fingerprint {
    private static final int BYTES = 8;

    private Fingerprint() {}

    static String of(Launch launch) {
        MessageDigest digest = sha256();
        add(digest, launch.runtime().word());
        add(digest, String.valueOf(launch.image()));
        launch.argv().forEach(word -> add(digest, word));
        for (Map.Entry<String, String> entry : new TreeMap<>(launch.env()).entrySet()) {
            add(digest, entry.getKey() + '=' + entry.getValue());
        }
        add(digest, launch.device().word() + launch.gpuIndex());
        add(digest, String.valueOf(launch.port()));
        add(digest, launch.memoryMb() + "/" + launch.cpus());
        launch.constraints().forEach(word -> add(digest, word));
        Launch.Served model = launch.model();
        add(digest, model == null ? "" : model.id() + '\n' + model.file());
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /// Each word with its length, so that no two lists of words look alike.
    private static void add(MessageDigest digest, String word) {
        byte[] bytes = word.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
