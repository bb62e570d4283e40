/** What is retained, deployed where and last-good: a projection of the ledger, rebuilt from it by replay. */
package io.jenkins.plugins.rollback.engine.catalog;
