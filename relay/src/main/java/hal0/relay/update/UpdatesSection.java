package hal0.relay.update;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// `[updates]`: what tells the newest version of hal0.
public final class UpdatesSection implements Section<UpdatesSection.Updates> {

    public static final UpdatesSection SECTION = new UpdatesSection();

    private UpdatesSection() {}

    /// A null `url` means that nothing is ever asked.
    public record Updates(@Nullable URI url) {}

    @Override
    public String name() {
        return "updates";
    }

    @Override
    public Updates read(TableReader table) {
        String written = table.string("url", "").strip();
        if (written.isEmpty()) {
            return new Updates(null);
        }
        URI url = asWeb(written);
        if (url == null) {
            // Not echoed: it may hold a user with a password.
            table.problem(
                    "url",
                    "it is not the address of a document, without a user in it",
                    "write url = \"https://api.github.com/repos/OWNER/NAME/releases/latest\", or leave it empty for none");
        }
        return new Updates(url);
    }

    private static @Nullable URI asWeb(String written) {
        try {
            URI url = new URI(written);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null && url.getRawUserInfo() == null ? url : null;
        } catch (URISyntaxException _) {
            // Told by who asked.
            return null;
        }
    }
}
