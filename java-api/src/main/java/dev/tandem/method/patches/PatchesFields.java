package dev.tandem.method.patches;

import java.util.List;

/**
 * The section {@code methods.patches} (docs/pack.md section 3.4).
 *
 * @param classifier  name of the device's graph
 * @param labels      path of its classes' names
 * @param temperature that its logits are divided by
 * @param transform   path of the learned patch codec; null where there is none
 */
record PatchesFields(String classifier, String labels, double temperature, String transform,
        List<TransformVector> golden) {
    PatchesFields {
        golden = golden == null ? List.of() : List.copyOf(golden);
    }
}
