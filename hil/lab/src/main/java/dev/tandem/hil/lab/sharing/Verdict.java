package dev.tandem.hil.lab.sharing;

import java.util.List;

/**
 * What one attack showed.
 *
 * @param attack its name, with the number of the fault in docs/results/trust.md
 * @param what what it did
 * @param criteria numbers, those that must hold among them
 * @param said what the edge said to the attacker, the most frequent first
 */
public record Verdict(String attack, String what, List<Criterion> criteria, List<String> said) {
    public Verdict {
        criteria = List.copyOf(criteria);
        said = List.copyOf(said);
    }
}
