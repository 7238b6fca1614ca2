package hal0.agent.checkpoint;

/// What stood at a path at a moment.
///
/// **Shape** `mode` as in `rwxr-x---`, empty where the system has none.
public sealed interface FileState {

    /// Nothing.
    record Absent() implements FileState {}

    /// A file whose bytes are in the store under `hash`.
    record Saved(String hash, String mode) implements FileState {}

    /// A symbolic link.
    record Link(String target) implements FileState {}

    /// A folder, whatever it holds.
    record Folder(String mode) implements FileState {}

    /// Something whose content was not kept; `why` says so in words for the user.
    record Unsaved(String why) implements FileState {}
}
