/**
 * What both ends share: tensors, engines, the entropy codec, clustering, packs, methods. The methods and engines are
 * found, not exported.
 */
module dev.tandem.api {
    requires com.fasterxml.jackson.core;
    requires com.luciad.imageio.webp;
    requires transitive com.fasterxml.jackson.databind;
    requires java.desktop;
    requires java.management;
    requires jdk.management;
    requires static org.bytedeco.cuda;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.onnxruntime;
    requires static org.bytedeco.tensorrt;
    requires org.slf4j;

    exports dev.tandem.cluster;
    exports dev.tandem.cuda;
    exports dev.tandem.engine;
    exports dev.tandem.engine.tensorrt;
    exports dev.tandem.entropy;
    exports dev.tandem.foreign;
    exports dev.tandem.image;
    exports dev.tandem.method;
    exports dev.tandem.method.latent;
    exports dev.tandem.method.tofc to dev.tandem.hil.eval, dev.tandem.hil.lab;
    exports dev.tandem.method.tofc.codec to dev.tandem.hil.eval, dev.tandem.hil.lab;
    exports dev.tandem.method.tokens;
    exports dev.tandem.pack;
    exports dev.tandem.task;
    exports dev.tandem.tensor;
    uses dev.tandem.engine.EngineProvider;
    uses dev.tandem.method.Method;
    uses dev.tandem.method.HeadKind;
    provides dev.tandem.engine.EngineProvider with dev.tandem.engine.onnx.OnnxProvider, dev.tandem.engine.onnx.OnnxCudaProvider;
    provides dev.tandem.method.HeadKind with dev.tandem.method.tokens.LabelKind, dev.tandem.method.patches.PatchLabelKind, dev.tandem.method.latent.LatentLabelKind, dev.tandem.method.latent.LatentPictureKind;
    provides dev.tandem.method.Method with dev.tandem.method.tofc.TofcMethod, dev.tandem.method.raw.RawMethod, dev.tandem.method.image.ImageMethod, dev.tandem.method.patches.PatchesMethod, dev.tandem.method.bottleneck.BottleneckMethod, dev.tandem.method.squeeze.SqueezeMethod;
    opens dev.tandem.method to com.fasterxml.jackson.databind;
    opens dev.tandem.method.bottleneck to com.fasterxml.jackson.databind;
    opens dev.tandem.method.image to com.fasterxml.jackson.databind;
    opens dev.tandem.method.latent to com.fasterxml.jackson.databind;
    opens dev.tandem.method.patches to com.fasterxml.jackson.databind;
    opens dev.tandem.method.squeeze to com.fasterxml.jackson.databind;
    opens dev.tandem.method.raw to com.fasterxml.jackson.databind;
    opens dev.tandem.method.tofc to com.fasterxml.jackson.databind;
    opens dev.tandem.pack to com.fasterxml.jackson.databind;
}
