package dev.tandem.hil.eval.data;

/**
 * One thing that is asked of a picture.
 *
 * @param row its place in the table or in the list of pictures, from 0: its name in logs and in pairing
 * @param image the picture as the table names it
 * @param kind what sort of question it is; {@code "all"} where nobody says
 * @param text the question; empty where the picture's class is asked for
 * @param answer what counts as right: words, or a class by number or name
 */
public record Question(int row, String image, String kind, String text, String answer) {
    /** The same with another right answer. */
    public Question withAnswer(String right) {
        return new Question(row, image, kind, text, right);
    }
}
