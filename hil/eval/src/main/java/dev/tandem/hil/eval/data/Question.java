package dev.tandem.hil.eval.data;

/**
 * One line of a question table.
 *
 * @param row
 *            its place in the table, from 0, header not counted: the name of the question in logs and in pairing
 * @param image
 *            the picture as the table names it
 * @param kind
 *            what sort of question it is; {@code "all"} where the table has no such column
 * @param text
 *            the question
 * @param answer
 *            the answer that counts as right
 */
record Question(int row, String image, String kind, String text, String answer) {}
