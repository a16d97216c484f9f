package dev.tandem.task;

import java.util.ArrayList;
import java.util.List;

/** Gathers parts into what a person has in the end: all words, the last labels, the last picture. One thread. */
public final class Answer {
    private final StringBuilder text = new StringBuilder();
    private Part.Labels labels;
    private Part.Picture picture;

    /** Takes the next part. */
    public void add(Part part) {
        switch (part) {
            case Part.Words words -> text.append(words.text());
            case Part.Labels last -> labels = last;
            case Part.Picture last -> picture = last;
        }
    }

    /** All words so far, joined. */
    public String text() {
        return text.toString();
    }

    /** The last labels, the likeliest first; empty where there were none. */
    public List<Label> labels() {
        return labels == null ? List.of() : labels.best();
    }

    /** The last picture; null where there was none. */
    public Part.Picture picture() {
        return picture;
    }

    /** What it holds, words first. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (!text.isEmpty()) {
            parts.add(new Part.Words(text()));
        }
        if (labels != null) {
            parts.add(labels);
        }
        if (picture != null) {
            parts.add(picture);
        }
        return parts;
    }
}
