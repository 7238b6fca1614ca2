/// Slots in containers of Docker or Podman.
///
/// Entry type [hal0.slots.docker.DockerSlotRuntime]. What a container is to be is decided apart
/// from the engine ([hal0.slots.docker.ContainerPlan]), written in the engine's own words
/// ([hal0.slots.docker.DockerForm], [hal0.slots.docker.PodmanForm]), and found again by its labels.
@NullMarked
package hal0.slots.docker;

import org.jspecify.annotations.NullMarked;
