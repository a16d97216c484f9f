package dev.tandem.edge.lmm;

import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;

/** A picture that the language model has read, ready for questions. The model's thread; closes its prefix. */
public final class LanguageReading implements Reading {
    private final LanguageModel model;
    private final Prefix prefix;
    private final int answerTokens;

    LanguageReading(LanguageModel model, Prefix prefix, int answerTokens) {
        this.model = model;
        this.prefix = prefix;
        this.answerTokens = answerTokens;
    }

    /**
     * {@inheritDoc} IllegalArgumentException as well for a question that does not fit, or that speaks for the model.
     */
    @Override
    public Tally answer(Task task, Sink sink) {
        if (!(task instanceof Task.Question question)) {
            throw new IllegalArgumentException("the language model was asked to [" + task.word()
                    + "]; it answers questions only");
        }
        int most = question.most() == 0 ? answerTokens : Math.min(question.most(), answerTokens);
        Generated answer = model.generate(prefix, question.text(), Sampling.greedy(most),
                words -> sink.part(new Part.Words(words)), sink::cancelled);
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(LanguageHead.ANSWER, (long) answer.ids().length);
        counts.put(LanguageHead.PROMPT, (long) answer.promptTokens());
        Map<String, Long> stages = new LinkedHashMap<>();
        stages.put(LanguageHead.QUESTION, answer.prefillNanos());
        stages.put(LanguageHead.GENERATE, answer.totalNanos() - answer.prefillNanos());
        return new Tally(counts, stages, answer.finish() == Finish.CANCELLED);
    }

    @Override
    public long bytes() {
        return prefix.bytes();
    }

    @Override
    public Map<String, Long> stageNanos() {
        Map<String, Long> stages = new LinkedHashMap<>();
        stages.put(LanguageHead.PROJECT, prefix.projectNanos());
        stages.put(LanguageHead.PREFILL, prefix.prefillNanos());
        return stages;
    }

    @Override
    public void close() {
        prefix.close();
    }
}
