package io.jenkins.plugins.rollback.engine.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Services and what they need of each other. Immutable. */
public final class ServiceGraph {

    private final Map<String, Service> services;
    private final List<Dependency> dependencies;
    private final Map<String, List<Dependency>> touching = new LinkedHashMap<>();

    /** @throws IllegalArgumentException when a dependency names a service that is not among them */
    public ServiceGraph(Collection<Service> services, List<Dependency> dependencies) {
        Map<String, Service> byName = new LinkedHashMap<>();
        for (Service service : services) {
            byName.put(service.name(), service);
            touching.put(service.name(), new ArrayList<>());
        }
        this.services = Collections.unmodifiableMap(byName);
        this.dependencies = List.copyOf(dependencies);
        for (Dependency dependency : dependencies) {
            for (String end : List.of(dependency.consumer(), dependency.provider())) {
                if (!byName.containsKey(end)) {
                    throw new IllegalArgumentException(dependency + ", but there is no service '" + end + "'");
                }
                touching.get(end).add(dependency);
            }
        }
    }

    /**
     * Reads a services file.
     *
     * @param text YAML
     * @param fileName for messages
     * @throws ServicesException with every problem, each with its place
     */
    public static ServiceGraph parse(String text, String fileName) throws ServicesException {
        return new ServicesParser(text, fileName).parse();
    }

    /** The same graph with other facts about its services. */
    public ServiceGraph with(UnaryOperator<Service> facts) {
        return new ServiceGraph(services.values().stream().map(facts).toList(), dependencies);
    }

    /** All names, in the order of the file. */
    public Collection<Service> services() {
        return services.values();
    }

    /** @return the service, or {@code null} */
    public Service service(String name) {
        return services.get(name);
    }

    public List<Dependency> dependencies() {
        return dependencies;
    }

    /** Everything that a service needs or is needed for. */
    public List<Dependency> touching(String service) {
        return Collections.unmodifiableList(touching.getOrDefault(service, List.of()));
    }
}
