package hal0.slots.model.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.slots.model.SplitModel;
import hal0.slots.model.pull.ModelReference.HuggingFace;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What repositories of Hugging Face hold.
///
/// **Shape** a file's checksum is that of its large-file entry; small files have none. **Source**
/// `GET /api/models/{repo}/tree/{revision}` (`[{type, path, size, lfs: {oid, size}}]`, further
/// pages by a `Link` header) and `/{repo}/resolve/{revision}/{file}`:
/// https://huggingface.co/docs/hub/api, and `list_repo_tree` and `hf_hub_url` in
/// huggingface/huggingface_hub, read 2026-11-21.
final class Hub {
    private static final int MOST_PAGES = 100;
    private static final long LARGEST_PAGE = 16L * 1024 * 1024;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Fetch fetch;
    private final URI endpoint;
    private final ObjectMapper json = new ObjectMapper();

    Hub(Fetch fetch, URI endpoint) {
        this.fetch = fetch;
        this.endpoint = endpoint;
    }

    /// The files of the model that is meant, all parts of it.
    List<Asset> files(HuggingFace reference, CancelToken cancel) {
        Map<String, Entry> tree = tree(reference, cancel);
        String file = reference.file();
        if (file == null) {
            file = Quantizations.choose(reference, tree.keySet());
        }
        List<Asset> assets = new ArrayList<>();
        for (String path : parts(file)) {
            Entry entry = tree.get(path);
            if (entry == null) {
                throw Quantizations.notThere(reference, path, tree.keySet());
            }
            assets.add(asset(reference, path, entry));
        }
        return assets;
    }

    private record Entry(long size, @Nullable String sha256) {}

    private static List<String> parts(String file) {
        int slash = file.lastIndexOf('/') + 1;
        Optional<SplitModel> parts = SplitModel.find(file.substring(slash));
        if (parts.isEmpty()) {
            return List.of(file);
        }
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= parts.get().count(); i++) {
            all.add(file.substring(0, slash) + parts.get().name(i));
        }
        return all;
    }

    private Asset asset(HuggingFace reference, String path, Entry entry) {
        String escaped =
                Arrays.stream(path.split("/")).map(Hub::segment).collect(Collectors.joining("/"));
        URI uri =
                address(
                        "/%s/resolve/%s/%s"
                                .formatted(
                                        reference.repository(),
                                        segment(reference.revision()),
                                        escaped));
        return new Asset(uri, place(reference, path), entry.size(), entry.sha256());
    }

    private static String place(HuggingFace reference, String path) {
        String revision =
                reference.revision().equals(HuggingFace.MAIN)
                        ? ""
                        : "@" + reference.revision().replace('/', '_');
        return "hf/%s%s/%s".formatted(reference.repository(), revision, FileNames.check(path));
    }

    private Map<String, Entry> tree(HuggingFace reference, CancelToken cancel) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        URI page =
                address(
                        "/api/models/%s/tree/%s?recursive=true"
                                .formatted(reference.repository(), segment(reference.revision())));
        for (int i = 0; page != null && i < MOST_PAGES; i++) {
            try (Fetch.Answer answer = fetch.get(page, Headers.NONE, true, cancel)) {
                if (answer.status() != 200) {
                    throw Fetch.refused(answer, "repository " + shown(reference));
                }
                read(answer.response().readAll(LARGEST_PAGE), entries);
                page = next(answer);
            }
        }
        return entries;
    }

    private void read(byte[] page, Map<String, Entry> entries) {
        JsonNode tree;
        try {
            tree = json.readTree(page);
        } catch (IOException e) {
            throw Fetch.upstream(
                    "%s does not answer as Hugging Face does; is HF_ENDPOINT right?"
                            .formatted(Fetch.host(endpoint)));
        }
        for (JsonNode node : tree) {
            if (node.path("type").asText().equals("file")) {
                String sum = node.path("lfs").path("oid").asText("");
                entries.put(
                        node.path("path").asText(),
                        new Entry(
                                node.path("size").asLong(-1),
                                SHA256.matcher(sum).matches() ? sum : null));
            }
        }
    }

    /// Another origin's page is not asked for.
    private @Nullable URI next(Fetch.Answer answer) {
        Matcher link = NEXT.matcher(answer.response().headers().find("Link").orElse(""));
        if (!link.find()) {
            return null;
        }
        URI next = answer.from().resolve(link.group(1));
        return Fetch.host(next).equals(Fetch.host(endpoint)) ? next : null;
    }

    private static String shown(HuggingFace reference) {
        return reference.repository()
                + (reference.revision().equals(HuggingFace.MAIN)
                        ? ""
                        : " at " + reference.revision());
    }

    private URI address(String path) {
        String base = endpoint.toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
