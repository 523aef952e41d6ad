package io.marmalade.chain;

import io.marmalade.base.Hash;
import io.marmalade.transition.reports.Ancestry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A block and the blocks before it, as far back as lookup anchors may lie. Immutable; forks share
 * what they have in common.
 *
 * @gp eq:ancestors
 */
final class Ancestors implements Ancestry {
    private final int limit;
    private final @Nullable Link last;
    private final int length;

    /** A header, the root of its posterior state as far as it is known, and the header before. */
    private record Link(Ancestor ancestor, @Nullable Hash stateRoot, @Nullable Link before) {}

    private Ancestors(int limit, @Nullable Link last, int length) {
        this.limit = limit;
        this.last = last;
        this.length = length;
    }

    /**
     * Returns the headers that are given.
     *
     * @param limit L: how many headers have to be remembered, at least 1
     * @param given in any order
     * @param stateRoots the roots of their posterior states by header hash, as far as they are
     *     known
     */
    static Ancestors of(int limit, List<Ancestor> given, Map<Hash, Hash> stateRoots) {
        Ancestors ancestors = new Ancestors(limit, null, 0);
        for (Ancestor each :
                given.stream().sorted(Comparator.comparingLong(Ancestor::timeslot)).toList()) {
            ancestors = ancestors.append(each, stateRoots.get(each.headerHash()));
        }
        return ancestors;
    }

    /** Returns these and one more, unless it is the last one already. */
    Ancestors and(Ancestor ancestor, Hash stateRoot) {
        boolean known = last != null && last.ancestor.headerHash().equals(ancestor.headerHash());
        Link before = known && last != null ? last.before : last;
        return new Ancestors(limit, before, known ? length - 1 : length)
                .append(ancestor, stateRoot);
    }

    private Ancestors append(Ancestor ancestor, @Nullable Hash stateRoot) {
        // Cut now and then instead of each time, so that most blocks cost one link.
        Ancestors kept = length < 2 * limit ? this : newest();
        return new Ancestors(limit, new Link(ancestor, stateRoot, kept.last), kept.length + 1);
    }

    private Ancestors newest() {
        Deque<Link> links = new ArrayDeque<>();
        for (Link link = last; link != null && links.size() < limit; link = link.before) {
            links.push(link);
        }
        Link copied = null;
        for (Link link : links) {
            copied = new Link(link.ancestor, link.stateRoot, copied);
        }
        return new Ancestors(limit, copied, links.size());
    }

    @Override
    public boolean contains(Hash headerHash, long timeslot) {
        Link link = find(headerHash);
        return link != null && link.ancestor.timeslot() == timeslot;
    }

    // A header that was given by its hash alone has no child to compare with: its root is taken as
    // it is told, as all of this is where there are no ancestors at all.
    @Override
    public boolean leadsTo(Hash headerHash, Hash stateRoot) {
        Link link = find(headerHash);
        return link != null && (link.stateRoot == null || link.stateRoot.equals(stateRoot));
    }

    private @Nullable Link find(Hash headerHash) {
        int seen = 0;
        for (Link link = last; link != null && seen < limit; link = link.before) {
            if (link.ancestor.headerHash().equals(headerHash)) {
                return link;
            }
            seen++;
        }
        return null;
    }
}
