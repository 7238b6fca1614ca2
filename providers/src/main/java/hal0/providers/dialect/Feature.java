package hal0.providers.dialect;

/// What a request may say and not every protocol has words for.
///
/// **Shape** [Features] tells which a request uses, and takes them out; a dialect says which it
/// leaves out, so that nothing disappears without a name.
public enum Feature {
    /// A system message behind the first turn of the user keeps its place.
    LATE_SYSTEM_MESSAGE,
    /// Thoughts without a signature.
    PLAIN_THINKING,
    SIGNED_THINKING,
    REDACTED_THINKING,
    /// The signature of a tool call.
    SIGNED_CALL,
    IMAGE_BY_URL,
    IMAGE_BY_ID,
    IMAGE_DETAIL,
    DOCUMENT,
    DOCUMENT_BY_URL,
    DOCUMENT_BY_ID,
    DOCUMENT_NAME,
    /// The name of a document that is given by address or id.
    NAME_OF_REFERENCE,
    AUDIO,
    AUDIO_BY_URL,
    AUDIO_BY_ID,
    /// Images, documents and recordings in an answer of the model.
    MEDIA_FROM_MODEL,
    /// Images within the result of a tool keep their place.
    RESULT_IMAGE,
    RESULT_DOCUMENT,
    /// That a tool failed.
    RESULT_FAILED,
    CACHE_MARK,
    /// A cache mark of an hour.
    LONG_CACHE_MARK,
    TOOL_STRICT,
    PARALLEL_TOOLS,
    TOP_K,
    SEED,
    PENALTIES,
    STOP,
    EFFORT,
    THINKING_BUDGET,
    THINKING_SHOWN,
    JSON_OBJECT,
    JSON_SCHEMA,
    /// The name and the description of an answer's schema.
    JSON_SCHEMA_NAME,
    JSON_SCHEMA_STRICT,
    USER,
    /// Parts and fields that another protocol alone has words for.
    FOREIGN
}
