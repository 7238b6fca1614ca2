package hal0.slots.model.pull;

import static java.nio.charset.StandardCharsets.US_ASCII;

import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.gguf.GgufModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches one file to its place.
///
/// **Shape** it goes on from a part as long as that is surely of the same content, and begins anew
/// otherwise; what breaks off is taken up again, and given up after five times in a row without a
/// byte. The file is in its place only whole, and with the checksum where one is known. **Threads**
/// one.
final class Download {
    private static final int BUFFER = 256 * 1024;
    private static final byte[] GGUF = "GGUF".getBytes(US_ASCII);
    private static final int FRUITLESS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Pattern RANGE =
            Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");
    private static final Pattern SHA256 = Pattern.compile("\"?([0-9a-f]{64})\"?");

    private final Fetch fetch;
    private final Disk disk;
    private final Pause pause;
    private final Asset asset;
    private final String reference;
    private final Listener listener;
    private final CancelToken cancel;

    /// Hears how far it is.
    interface Listener {
        /// What was fetched before is being looked through.
        void checking(long bytes);

        /// **Units** bytes, `total` -1 where nobody knows.
        void fetched(long bytes, long total);
    }

    Download(Tools tools, Asset asset, String reference, Listener listener, CancelToken cancel) {
        this.fetch = tools.fetch();
        this.disk = tools.disk();
        this.pause = tools.pause();
        this.asset = asset;
        this.reference = reference;
        this.listener = listener;
        this.cancel = cancel;
    }

    /// What downloads work with.
    record Tools(Fetch fetch, Disk disk, Pause pause) {}

    /// What came: its checksum, and whether somebody had promised that one.
    record Done(String sha256, boolean promised) {}

    Done to(Path target) {
        try (PartFile part = PartFile.open(target)) {
            PartNote note = begin(part);
            boolean resumed = part.length() > 0;
            while (true) {
                PartNote whole = fetched(part, note);
                String sum = part.sum();
                if (whole.sha256() == null || whole.sha256().equals(sum)) {
                    part.finish();
                    return new Done(sum, whole.sha256() != null);
                }
                if (!resumed) {
                    part.discard();
                    throw mismatch(whole.sha256(), sum);
                }
                // What lay there may be at fault: once more, from the beginning.
                resumed = false;
                part.restart();
                note = whole;
            }
        }
    }

    private ModelException mismatch(String promised, String found) {
        return ModelException.of(
                ModelProblem.CHECKSUM,
                "%s came with the checksum %s instead of %s and was thrown away; pull it again, and if that does not help, ask who has it"
                        .formatted(asset.name(), found, promised));
    }

    private PartNote begin(PartFile part) {
        PartNote before = PartNote.read(part.path());
        boolean other =
                asset.sha256() != null && before != null && !asset.sha256().equals(before.sha256());
        if (before == null || other || (asset.size() >= 0 && part.lying() > asset.size())) {
            part.restart();
            return new PartNote(reference, null, null, asset.sha256(), asset.size());
        }
        part.takeUp(listener::checking, cancel);
        return before;
    }

    /// Tries until it is all there.
    private PartNote fetched(PartFile part, PartNote begun) {
        PartNote note = begun;
        int fruitless = 0;
        while (note.size() < 0 || part.length() < note.size() || !isOurs(note)) {
            long had = part.length();
            Again again;
            try {
                Step step = step(part, note);
                note = step.note();
                if (step.ended()) {
                    return note;
                }
                again = new Again("the answer ended too early", null);
            } catch (ProviderException e) {
                again = again(e);
            } catch (Again e) {
                again = e;
            }
            PartNote saved = PartNote.read(part.path());
            note = saved == null ? note : saved;
            fruitless = part.length() > had ? 0 : fruitless + 1;
            if (fruitless >= FRUITLESS) {
                throw Fetch.upstream(
                        "%s could not be fetched: %s. Pull again to go on from where it is"
                                .formatted(asset.name(), sentence(again)));
            }
            pause.of(again.pause(fruitless), cancel);
            if (cancel.isCancelled()) {
                throw PartFile.cancelled(cancel);
            }
        }
        return note;
    }

    /// Without the full stop that some reasons end in.
    private static String sentence(Again again) {
        String why = String.valueOf(again.getMessage());
        return why.endsWith(".") ? why.substring(0, why.length() - 1) : why;
    }

    /// A note of this content, as far as is known before asking.
    private boolean isOurs(PartNote note) {
        return asset.sha256() != null && asset.sha256().equals(note.sha256());
    }

    private static Again again(ProviderException e) {
        return switch (e) {
            case ProviderException.Unreachable _,
                    ProviderException.TimedOut _,
                    ProviderException.BadStream _ ->
                    new Again(Fetch.failed(e).message(), null);
            case ProviderException other -> throw Fetch.failed(other);
        };
    }

    /// Something that may go well another time.
    private static final class Again extends RuntimeException {
        private final transient @Nullable Duration told;

        Again(String why, @Nullable Duration told) {
            super(why);
            this.told = told;
        }

        Duration pause(int fruitless) {
            Duration doubling = Duration.ofMillis(500L << Math.min(fruitless, 10));
            Duration wanted = told == null ? doubling : told;
            return wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted;
        }
    }

    private record Step(PartNote note, boolean ended) {}

    /// Asks once for what is missing.
    private Step step(PartFile part, PartNote note) {
        Headers.Builder headers = Headers.builder();
        if (part.length() > 0) {
            headers.set("Range", "bytes=%d-".formatted(part.length()));
            String condition = note.condition();
            if (condition != null) {
                headers.set("If-Range", condition);
            }
        }
        try (Fetch.Answer answer = fetch.get(asset.uri(), headers.build(), false, cancel)) {
            PartNote now = accepted(answer, part, note);
            disk.require(
                    folderOf(part.path()),
                    now.size() < 0 ? 0 : now.size() - part.length(),
                    asset.name());
            now.write(part.path());
            copy(answer, part, now.size());
            return new Step(now, now.size() < 0 || part.length() >= now.size());
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? file.getRoot() : folder;
    }

    /// What the answer is of; the part is as long as where its bytes begin.
    private PartNote accepted(Fetch.Answer answer, PartFile part, PartNote note) {
        return switch (answer.status()) {
            case 200 -> {
                if (part.length() > 0) {
                    part.restart();
                }
                yield checked(noteOf(answer, answer.number("Content-Length")));
            }
            case 206 -> continued(answer, part, note);
            case 416 -> {
                part.restart();
                throw new Again("there is no such part of the file", Duration.ZERO);
            }
            case 408, 425, 429, 500, 502, 503, 504 -> {
                long seconds = answer.number("Retry-After");
                throw new Again(
                        Fetch.refused(answer, asset.name()).message(),
                        seconds < 0 ? null : Duration.ofSeconds(seconds));
            }
            default -> throw Fetch.refused(answer, asset.name());
        };
    }

    private PartNote continued(Fetch.Answer answer, PartFile part, PartNote note) {
        String told = answer.response().headers().find("Content-Range").orElse("");
        Matcher range = RANGE.matcher(told);
        boolean fits = range.matches() && Long.parseLong(range.group(1)) == part.length();
        boolean sized = fits && !range.group(2).equals("*");
        PartNote now = noteOf(answer, sized ? Long.parseLong(range.group(2)) : -1);
        if (fits && now.continues(note)) {
            return checked(now);
        }
        part.restart();
        throw new Again("the file has changed at its place", Duration.ZERO);
    }

    private PartNote noteOf(Fetch.Answer answer, long told) {
        long size = answer.linkedSize() >= 0 ? answer.linkedSize() : told;
        String linked = answer.linkedTag();
        Matcher sum = SHA256.matcher(linked == null ? "" : linked);
        String promised = asset.sha256() == null && sum.matches() ? sum.group(1) : asset.sha256();
        return new PartNote(
                reference, answer.tag(), linked, promised, size < 0 ? asset.size() : size);
    }

    private PartNote checked(PartNote note) {
        if (asset.size() >= 0 && note.size() >= 0 && asset.size() != note.size()) {
            throw Fetch.upstream(
                    "%s has %d bytes, and %d in the list of its repository; try again later"
                            .formatted(asset.name(), note.size(), asset.size()));
        }
        return note;
    }

    private void copy(Fetch.Answer answer, PartFile part, long size) {
        byte[] buffer = new byte[BUFFER];
        boolean looked = part.length() > 0;
        for (int n = answer.response().read(buffer, 0, BUFFER);
                n >= 0;
                n = answer.response().read(buffer, 0, BUFFER)) {
            if (size >= 0 && part.length() + n > size) {
                throw Fetch.upstream("%s is longer than promised".formatted(asset.name()));
            }
            part.append(buffer, n);
            if (!looked && part.length() >= GGUF.length) {
                looked = true;
                requireModel(part);
            }
            listener.fetched(part.length(), size);
        }
    }

    /// A page that asks for a login would otherwise be noticed when all of it has come.
    private void requireModel(PartFile part) {
        if (GgufModel.isNamed(Path.of(asset.name())) && !Arrays.equals(part.head(4), GGUF)) {
            String head = new String(part.head(16), US_ASCII).replaceAll("[^ -~]", "?");
            part.discard();
            throw ModelException.of(
                    ModelProblem.UNREADABLE,
                    "what %s gives for %s is no GGUF file; it begins with \"%s\""
                            .formatted(
                                    Fetch.host(asset.uri()),
                                    asset.name(),
                                    head.toLowerCase(Locale.ROOT)));
        }
    }
}
