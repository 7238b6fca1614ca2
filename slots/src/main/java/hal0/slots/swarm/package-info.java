/// Slots as services on a Docker Swarm, where one machine is not enough.
///
/// Entry type [hal0.slots.swarm.SwarmSlotRuntime]. A slot is a service of one task. Where that task
/// runs, and that another takes its place when its node goes, is Swarm's matter; what is kept here
/// of a service is a copy of what Swarm says.
@NullMarked
package hal0.slots.swarm;

import org.jspecify.annotations.NullMarked;
