package hal0.providers.imported;

import hal0.providers.Secret;

/// A key that stands in the imported file, and the variable that is to hold it.
///
/// **Shape** its text form does not contain the key.
public record Credential(String variable, Secret secret) {}
