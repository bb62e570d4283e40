/**
 * Rehearsals: the main job, carried out by the engine that also works in Jenkins, against systems that the drill starts
 * itself on the loopback interface and ends again. Nothing outside is touched.
 */
package io.jenkins.plugins.rollback.engine.drill;
