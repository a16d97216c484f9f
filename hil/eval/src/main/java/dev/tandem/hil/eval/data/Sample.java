package dev.tandem.hil.eval.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Which questions are asked, and in which order: grouped by picture, so that a picture is looked at once. */
public final class Sample {

    private Sample() {
    }

    /**
     * Questions by picture. With a limit, whole pictures are drawn in an order that the seed fixes, until there are
     * that many questions (the last picture may lose some); without one, the table's order stands.
     *
     * @param limit
     *            at most that many questions; 0 takes all
     */
    public static Map<String, List<Question>> byPicture(List<Question> questions, int limit, long seed) {
        Map<String, List<Question>> pictures = new LinkedHashMap<>();
        for (Question question : questions) {
            pictures.computeIfAbsent(question.image(), image -> new ArrayList<>()).add(question);
        }
        if (limit <= 0 || limit >= questions.size()) {
            return pictures;
        }
        List<String> order = new ArrayList<>(pictures.keySet());
        Collections.sort(order);
        Collections.shuffle(order, new Random(seed));
        Map<String, List<Question>> drawn = new LinkedHashMap<>();
        int left = limit;
        for (String image : order) {
            List<Question> some = pictures.get(image);
            drawn.put(image, some.subList(0, Math.min(left, some.size())));
            left -= drawn.get(image).size();
            if (left == 0) {
                break;
            }
        }
        return drawn;
    }
}
