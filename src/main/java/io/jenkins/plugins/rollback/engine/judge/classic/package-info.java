/**
 * The judges that people come from: Kayenta's Mann-Whitney judge, fixed thresholds as Argo Rollouts and Flagger have
 * them, and Keptn's scored objectives. They are pure functions of the samples and keep none of the promises of
 * {@code engine.judge}: none of them bounds the false alarms of a gate that is looked at again and again.
 */
package io.jenkins.plugins.rollback.engine.judge.classic;
