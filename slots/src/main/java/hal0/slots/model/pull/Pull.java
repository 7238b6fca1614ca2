package hal0.slots.model.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.ModelStore;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.RegistryEdits;
import hal0.slots.model.SplitModel;
import hal0.slots.model.pull.Download.Tools;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One pull, from a reference to a registered model.
///
/// **Threads** one.
final class Pull {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ModelReference reference;
    private final PullWish wish;
    private final Surroundings around;
    private final Progress progress;
    private final CancelToken cancel;

    /// What pulls work with.
    record Surroundings(Tools tools, Hub hub, ModelStore store, RegistryEdits registry) {}

    /// Hears how far it is.
    interface Progress {
        /// Which model it becomes, and how much that is; 0 where nobody knows.
        void known(String model, long total);

        void checking(String file, long done);

        void fetched(String file, long done, long total);
    }

    Pull(
            ModelReference reference,
            PullWish wish,
            Surroundings around,
            Progress progress,
            CancelToken cancel) {
        this.reference = reference;
        this.wish = wish;
        this.around = around;
        this.progress = progress;
        this.cancel = cancel;
    }

    /// What a wish means.
    ///
    /// **Errors** [ModelException] `INVALID` for one that cannot be.
    static ModelReference checked(PullWish wish) {
        if (wish.sha256() != null && !SHA256.matcher(wish.sha256()).matches()) {
            throw ModelException.of(
                    ModelProblem.INVALID, "a sha256 is 64 hexadecimal digits in small letters");
        }
        if (wish.id() != null) {
            RegistryEdits.wrongId(wish.id())
                    .ifPresent(why -> {
                        throw ModelException.of(ModelProblem.INVALID, why);
                    });
        }
        return ModelReference.parse(wish.reference());
    }

    Arrival run() {
        List<Asset> assets = assets();
        String id = wish.id() == null ? Arrival.usualId(assets.getFirst().name()) : wish.id();
        requireFree(id, assets);
        progress.known(id, total(assets));
        requireRoom(assets);
        List<Path> files = new ArrayList<>();
        long done = 0;
        boolean promised = true;
        boolean fetched = false;
        String sum = null;
        for (Asset asset : assets) {
            Path target = around.store().place(asset.place());
            Download.Done came = here(asset, target, done);
            fetched |= came == null;
            if (came == null) {
                came =
                        new Download(
                                        around.tools(),
                                        asset,
                                        reference.toString(),
                                        listener(asset, done),
                                        cancel)
                                .to(target);
            }
            sum = came.sha256();
            promised &= came.promised();
            files.add(target);
            done += size(target);
        }
        Arrival arrival =
                Arrival.of(id, reference(), files, files.size() == 1 ? sum : null, done, promised);
        around.registry().put(arrival.model());
        return fetched ? arrival : arrival.complete();
    }

    private List<Asset> assets() {
        List<Asset> assets =
                switch (reference) {
                    case ModelReference.HuggingFace hub -> around.hub().files(hub, cancel);
                    case ModelReference.Address(URI uri) -> addressed(uri);
                };
        if (wish.sha256() == null) {
            return assets;
        }
        if (assets.size() > 1) {
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "one sha256 is given, and the model has %d files".formatted(assets.size()));
        }
        Asset only = assets.getFirst();
        if (only.sha256() != null && !only.sha256().equals(wish.sha256())) {
            throw ModelException.of(
                    ModelProblem.CHECKSUM,
                    "%s has the checksum %s there, not the one that was given"
                            .formatted(only.name(), only.sha256()));
        }
        return List.of(new Asset(only.uri(), only.place(), only.size(), wish.sha256()));
    }

    /// The file of an address, and the other parts of it where its name is that of one.
    private static List<Asset> addressed(URI uri) {
        String name = FileNames.last(uri.getPath());
        Optional<SplitModel> parts = SplitModel.find(name);
        String folder = "url/%s/%s/".formatted(folderName(Fetch.host(uri)), mark(uri, name));
        if (parts.isEmpty()) {
            return List.of(new Asset(uri, folder + name, -1, null));
        }
        List<Asset> assets = new ArrayList<>();
        for (int i = 1; i <= parts.get().count(); i++) {
            String part = parts.get().name(i);
            URI at = URI.create(uri.toString().replace(rawLast(uri), part));
            assets.add(new Asset(at, folder + part, -1, null));
        }
        return assets;
    }

    private static String rawLast(URI uri) {
        String path = uri.getRawPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String folderName(String host) {
        return host.replaceAll("[^a-z0-9.-]", "_");
    }

    /// Tells addresses apart whose last names are the same, and no parts of one model.
    private static String mark(URI uri, String name) {
        String other =
                SplitModel.find(name).isEmpty() ? uri.toString() : uri.resolve(".").toString();
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(other.getBytes(UTF_8));
            return HexFormat.of().formatHex(sum, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Before the first byte, not after the last: an id that another model has is not taken.
    private void requireFree(String id, List<Asset> assets) {
        Optional<RegisteredModel> there = around.registry().find(id);
        if (there.isEmpty()) {
            return;
        }
        String place = around.store().place(assets.getFirst().place()).toString();
        boolean same =
                place.equals(there.get().path())
                        || (reference() != null && reference().equals(there.get().ref()))
                        || (there.get().path() == null && there.get().ref() == null);
        if (!same) {
            throw ModelException.of(
                    ModelProblem.ALREADY_EXISTS,
                    "\"%s\" is registered for another file (%s); choose an id with --id"
                            .formatted(id, there.get().place()));
        }
    }

    private static long total(List<Asset> assets) {
        boolean known = assets.stream().allMatch(asset -> asset.size() >= 0);
        return known ? assets.stream().mapToLong(Asset::size).sum() : 0;
    }

    private void requireRoom(List<Asset> assets) {
        long missing = 0;
        for (Asset asset : assets) {
            Path target = around.store().place(asset.place());
            long there = Math.max(size(target), size(PartFile.partOf(target)));
            missing += Math.max(0, Math.max(0, asset.size()) - there);
        }
        try {
            Home.createPrivate(around.store().folder());
        } catch (IOException e) {
            throw ModelException.of(ModelProblem.STORE, String.valueOf(e.getMessage()), e);
        }
        if (missing > 0) {
            around.tools().disk().require(around.store().folder(), missing, "the model");
        }
    }

    /// Null where the file has to be fetched. One whose checksum nobody knows is fetched again: it
    /// may have changed.
    private Download.@Nullable Done here(Asset asset, Path target, long before) {
        long size = size(target);
        // The size of what an address has is known to nobody before it is asked.
        boolean other = asset.size() >= 0 && asset.size() != size;
        if (asset.sha256() == null || size == 0 || other) {
            return null;
        }
        String sum =
                Sums.of(target, done -> progress.checking(asset.name(), before + done), cancel);
        return sum.equals(asset.sha256()) ? new Download.Done(sum, true) : null;
    }

    private Download.Listener listener(Asset asset, long before) {
        return new Download.Listener() {
            @Override
            public void checking(long bytes) {
                progress.checking(asset.name(), before + bytes);
            }

            @Override
            public void fetched(long bytes, long total) {
                progress.fetched(asset.name(), before + bytes, total < 0 ? 0 : before + total);
            }
        };
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE, "%s cannot be read: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    /// What is written into the registry, to pull it again; null for an address that may hold a
    /// key.
    private @Nullable String reference() {
        boolean secret =
                reference instanceof ModelReference.Address(URI uri) && uri.getRawQuery() != null;
        return secret ? null : reference.text();
    }
}
