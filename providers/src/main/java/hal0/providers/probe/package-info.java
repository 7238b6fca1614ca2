/// Trying providers out with real calls: whether one can be reached and takes its key, whether a
/// model answers, and what it really does.
///
/// Entry types [hal0.providers.probe.ConnectionProbe] (no model is asked),
/// [hal0.providers.probe.Smoke] (three small questions) and [hal0.providers.probe.DeepProbe] (what
/// a model can do, a handful of questions). What is concluded from an answer is decided apart from
/// the calls, in `Findings`, `Smoke` and `AbilityJudge`. Nothing is remembered from one test to the
/// next; every type may be shared between threads.
@NullMarked
package hal0.providers.probe;

import org.jspecify.annotations.NullMarked;
