package dev.tandem.edge.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/** The pictures used last, so that further questions on one need no second look. Closes those it drops. */
final class Pictures implements AutoCloseable {
    private final Map<Picture.Key, Picture> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final int limit;

    Pictures(int limit) {
        this.limit = limit;
    }

    /** The picture, or null. */
    Picture find(Picture.Key key) {
        return kept.get(key);
    }

    /** Makes room for one more; called before its memory is taken. */
    void makeRoom() {
        while (kept.size() >= limit) {
            var oldest = kept.entrySet().iterator();
            oldest.next().getValue().prefix().close();
            oldest.remove();
        }
    }

    void keep(Picture.Key key, Picture picture) {
        kept.put(key, picture);
    }

    @Override
    public void close() {
        kept.values().forEach(p -> p.prefix().close());
        kept.clear();
    }
}
