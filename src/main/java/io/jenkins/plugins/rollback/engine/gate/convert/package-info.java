/** Turns what Kayenta, Argo Rollouts and Flagger call a canary analysis into an analysis file of ours. */
package io.jenkins.plugins.rollback.engine.gate.convert;
