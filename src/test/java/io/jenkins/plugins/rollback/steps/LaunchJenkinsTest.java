package io.jenkins.plugins.rollback.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import hudson.model.Result;
import io.jenkins.plugins.rollback.steps.deploy.InBody;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.Test;

/** A pass through the body begins once, however the lane and the CPS thread get in each other's way. */
public class LaunchJenkinsTest {

    @Test
    public void aBodyThatBeginsWhileTheLaneIsOnItsWayIsNotBegunAgain() throws Exception {
        Constructor<InBody> constructor =
                InBody.class.getDeclaredConstructor(DeploymentContext.Pass.class, String.class, boolean.class);
        constructor.setAccessible(true);
        InBody pass = constructor.newInstance(DeploymentContext.Pass.BACK, null, false);
        Context context = new Context();
        Execution step = new Execution(context);
        Field state = PassesExecution.class.getDeclaredField("state");
        state.setAccessible(true);
        state.set(step, pass); // a step that is about to run its body; the way there needs a whole Jenkins

        step.launch(pass, "first", Map.of(), null);
        context.meanwhile = () -> step.begun(context);
        step.launch(pass, "second", Map.of(), null);

        assertThat(context.begun).isEqualTo(1);
        assertThat(((InBody) step.state()).isLaunched()).isTrue();
    }

    private static final class Execution extends PassesExecution {

        private static final long serialVersionUID = 1L;

        private Execution(StepContext context) {
            super(context);
        }

        @Override
        public boolean start() {
            return false;
        }
    }

    /** Saves nothing, so that nothing goes on by itself, and counts the bodies. */
    private static final class Context extends StepContext {

        private static final long serialVersionUID = 1L;

        private transient Runnable meanwhile = () -> {};
        private int begun;

        @Override
        public <T> T get(Class<T> key) {
            if (key == EnvironmentExpander.class) {
                meanwhile.run();
            }
            return null;
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            return new BodyInvoker() {
                @Override
                public BodyInvoker withContext(Object override) {
                    return this;
                }

                @Override
                public BodyInvoker withDisplayName(String name) {
                    return this;
                }

                @Override
                public BodyInvoker withCallback(BodyExecutionCallback callback) {
                    return this;
                }

                @Override
                public BodyExecution start() {
                    begun++;
                    return null;
                }
            };
        }

        @Override
        public ListenableFuture<Void> saveState() {
            return SettableFuture.create();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void onSuccess(Object result) {}

        @Override
        public void onFailure(Throwable t) {}

        @Override
        public void setResult(Result r) {}

        @Override
        public boolean equals(Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
