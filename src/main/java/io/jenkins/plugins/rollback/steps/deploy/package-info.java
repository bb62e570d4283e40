/**
 * Where a {@code deployRelease} or {@code rollbackRelease} step stands: one small immutable class a state, saved with
 * the running program, so that the step goes on after a restart from wherever it was.
 *
 * <p>A state's work is done on a worker thread and may ask the ledger; the CPS thread only swaps states.
 */
package io.jenkins.plugins.rollback.steps.deploy;
