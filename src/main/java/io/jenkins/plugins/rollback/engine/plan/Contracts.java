package io.jenkins.plugins.rollback.engine.plan;

/** Whether two services work with each other in given versions, by what either of them promises. */
final class Contracts {

    /** What the promises say. */
    enum Answer {
        YES,
        NO,
        /** Nobody promises anything about these versions. */
        UNKNOWN
    }

    private Contracts() {}

    /**
     * A promise of either side counts; where both say something, both must allow it.
     *
     * @param one a service in version {@code oneVersion}, which may be null when nobody knows
     */
    static Answer between(Service one, String oneVersion, Service other, String otherVersion) {
        if (oneVersion == null || otherVersion == null) {
            return Answer.UNKNOWN;
        }
        Answer first = promised(one, oneVersion, other.name(), otherVersion);
        Answer second = promised(other, otherVersion, one.name(), oneVersion);
        if (first == Answer.NO || second == Answer.NO) {
            return Answer.NO;
        }
        return first == Answer.YES ? first : second;
    }

    private static Answer promised(Service service, String version, String other, String otherVersion) {
        Answer answer = Answer.UNKNOWN;
        for (WorksWith promise : service.worksWith()) {
            if (promise.other().equals(other) && promise.own().contains(version)) {
                if (!promise.versions().contains(otherVersion)) {
                    return Answer.NO;
                }
                answer = Answer.YES;
            }
        }
        return answer;
    }
}
