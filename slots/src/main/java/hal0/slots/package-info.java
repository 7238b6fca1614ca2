/// Local models: slots that are loaded on demand, share the machine's memory and come back.
///
/// Entry type [hal0.slots.Slots]. A slot is a named place that serves one model through one
/// container, process or service. Its definition is in `definition`, the states that it goes
/// through in `lifecycle`, who may be loaded when in `plan`, what runs it in `runtime` and its
/// neighbours. One thread owns the state of each slot, one the sharing between them.
@NullMarked
package hal0.slots;

import org.jspecify.annotations.NullMarked;
