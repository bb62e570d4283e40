/** What a way back can do to a system: the contract of an action, one package below for each system. */
package io.jenkins.plugins.rollback.engine.action;
