package hal0.slots.model.pull;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.SplitModel;
import hal0.slots.model.pull.ModelReference.HuggingFace;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which of a repository's files is meant by the name of a quantisation.
final class Quantizations {
    /// What llama.cpp takes too where nobody says.
    private static final String USUAL = "Q4_K_M";

    /// Files that go along with a model and are none.
    private static final Pattern SIDE =
            Pattern.compile(
                    "(?:.*/)?(?:mmproj|mtp|imatrix|vocab)[-_.].*|.*[-_.](?:imatrix|vocab)\\.gguf");

    private static final int MOST_NAMED = 12;

    private Quantizations() {}

    /// The file, or the first of its parts.
    ///
    /// **Errors** [ModelException] `NOT_FOUND` or `AMBIGUOUS` that names what there is.
    static String choose(HuggingFace reference, Collection<String> paths) {
        List<String> models = models(paths);
        String wanted = reference.quantization();
        if (wanted == null) {
            List<String> usual = fitting(models, USUAL);
            return usual.isEmpty() && models.size() == 1
                    ? models.getFirst()
                    : one(reference, USUAL, usual, models);
        }
        return one(reference, wanted, fitting(models, wanted), models);
    }

    /// One path for each model, whatever number of parts it has.
    private static List<String> models(Collection<String> paths) {
        return paths.stream()
                .filter(FileNames::isGood)
                .filter(path -> path.toLowerCase(Locale.ROOT).endsWith(".gguf"))
                .filter(path -> !SIDE.matcher(path.toLowerCase(Locale.ROOT)).matches())
                .filter(path -> {
                    Optional<SplitModel> part =
                            SplitModel.find(path.substring(path.lastIndexOf('/') + 1));
                    return part.isEmpty() || part.get().number() == 1;
                })
                .sorted()
                .toList();
    }

    /// Those whose name has it as a word of its own; a name that has it behind another word, such
    /// as `UD-Q4_K_M`, only where no other has.
    private static List<String> fitting(List<String> models, String wanted) {
        Pattern word =
                Pattern.compile(
                        "(?:^|.*[-._/])" + Pattern.quote(wanted) + "(?:[-.].*)?\\.gguf",
                        Pattern.CASE_INSENSITIVE);
        List<String> fitting =
                models.stream().filter(model -> word.matcher(model).matches()).toList();
        List<String> plain =
                fitting.stream()
                        .filter(model -> !model.toUpperCase(Locale.ROOT).contains("UD-"))
                        .toList();
        return plain.isEmpty() ? fitting : plain;
    }

    private static String one(
            HuggingFace reference, String wanted, List<String> fitting, List<String> models) {
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        if (fitting.isEmpty()) {
            throw ModelException.of(
                    ModelProblem.NOT_FOUND,
                    "%s has no %s; %s".formatted(reference.repository(), wanted, there(models)));
        }
        throw ModelException.of(
                ModelProblem.AMBIGUOUS,
                "%s fits several files of %s; name one: hf:%s/%s"
                        .formatted(
                                wanted,
                                reference.repository(),
                                reference.repository(),
                                String.join(", ", fitting)));
    }

    static ModelException notThere(HuggingFace reference, String path, Collection<String> paths) {
        return ModelException.of(
                ModelProblem.NOT_FOUND,
                "%s has no file %s; %s"
                        .formatted(reference.repository(), path, there(models(paths))));
    }

    private static String there(List<String> models) {
        if (models.isEmpty()) {
            return "it has no GGUF file at all";
        }
        String named =
                models.stream()
                        .sorted(Comparator.comparingInt(String::length))
                        .limit(MOST_NAMED)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return models.size() <= MOST_NAMED
                ? "there is " + named
                : "there is %s and %d more".formatted(named, models.size() - MOST_NAMED);
    }
}
