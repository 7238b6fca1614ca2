package hal0.slots.error;

/// Something that could not be done with a model's file or its entry in the registry.
///
/// **Shape** the message says what failed, on which model, why and what to do; it is fit to be
/// shown and holds no secret.
public final class ModelException extends RuntimeException {
    private final ModelProblem problem;

    private ModelException(ModelProblem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public static ModelException of(ModelProblem problem, String message) {
        return new ModelException(problem, message);
    }

    /// The same, because of another failure, which the message tells already.
    public static ModelException of(ModelProblem problem, String message, Throwable cause) {
        ModelException exception = new ModelException(problem, message);
        exception.initCause(cause);
        return exception;
    }

    public ModelProblem problem() {
        return problem;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
