package dev.tandem.device;

import dev.tandem.engine.Engine;
import dev.tandem.engine.Engines;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.Methods;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.LinkWins;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.WireBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The device's half: picture in, slices over the link, words back. <b>Threads:</b> all calls, close included, on the
 * thread that opened it; words are handed out on it too.
 */
public final class DeviceAgent implements AutoCloseable {
    private static final EncodedPicture NO_PICTURE = new EncodedPicture(List.of(), 0, Map.of());

    private final DeviceSettings settings;
    private final Pack pack;
    private final Engine engine;
    private final TandemClient client;
    private final Map<String, DeviceMethod> methods = new HashMap<>();

    private DeviceAgent(DeviceSettings settings, Pack pack, Engine engine, TandemClient client) {
        this.settings = settings;
        this.pack = pack;
        this.engine = engine;
        this.client = client;
    }

    /**
     * Checks the pack, connects, opens the engine.
     *
     * @throws dev.tandem.pack.PackException
     *             if the pack is damaged
     * @throws dev.tandem.foreign.NativeUnavailableException
     *             if the engine cannot run here
     * @throws dev.tandem.transport.session.PeerException
     *             if the edge cannot be reached or holds another pack
     */
    public static DeviceAgent open(DeviceSettings settings) {
        Pack pack = Pack.open(settings.pack());
        PackIdentity identity = new PackIdentity(pack.manifest().name(), pack.hash(), pack.tableHash());
        Engine engine = Engines.select(settings.engineName()).create(settings.engine());
        try {
            return new DeviceAgent(settings, pack, engine,
                    TandemClient.connect(ClientSettings
                            .of(settings.host(), settings.port(), settings.credentials(), identity)
                            .withUplinkBytesPerSecond(settings.uplinkBytesPerSecond())
                            .withTransport(settings.transport()).withLab(settings.lab())));
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** What it looks with. */
    public Pack pack() {
        return pack;
    }

    /**
     * Asks about a picture and waits for the whole answer.
     *
     * @param words
     *            gets the answer piece by piece on this thread
     * @throws dev.tandem.transport.session.PeerException
     *             if the edge gives no answer, with its reason
     */
    public DeviceAnswer ask(RgbImage image, String question, OperatingPoint point, Consumer<String> words)
            throws InterruptedException {
        long start = System.nanoTime();
        return ask(encode(image, point), question, point, start, words);
    }

    /** Asks without a picture. */
    public DeviceAnswer ask(String question, Consumer<String> words) throws InterruptedException {
        return ask(NO_PICTURE, question, null, System.nanoTime(), words);
    }

    /** The picture as it would be sent. The method's graphs are opened at its first use. */
    public EncodedPicture encode(RgbImage image, OperatingPoint point) {
        return methods.computeIfAbsent(point.method(), name -> Methods.device(name, pack, engine)).encode(image, point);
    }

    private DeviceAnswer ask(EncodedPicture picture, String question, OperatingPoint point, long start,
            Consumer<String> words) throws InterruptedException {
        long encoded = System.nanoTime();
        WireBytes before = client.wireBytes();
        WordsInbox inbox = new WordsInbox();
        StringBuilder text = new StringBuilder();
        Exchange exchange = client.ask(request(picture, question, point), inbox);
        AnswerSummary summary;
        try {
            summary = inbox.drain(exchange.answer(), piece -> {
                text.append(piece);
                words.accept(piece);
            });
        } catch (InterruptedException e) {
            exchange.cancel();
            throw e;
        }
        long end = System.nanoTime();
        return new DeviceAnswer(text.toString(), point == null ? "" : point.name(), picture.slices().size(),
                picture.bytes(), exchange.bytesSent(), client.wireBytes().since(before), picture.stageNanos(), summary,
                encoded - start, inbox.firstWord() == 0 ? 0 : inbox.firstWord() - start, end - start);
    }

    private AskRequest request(EncodedPicture picture, String question, OperatingPoint point) {
        OperatingPoint named = point == null ? pack.defaultOperatingPoint() : point;
        AskRequest request = named.id() == 0
                ? AskRequest.of(question, named.name(), picture.slices())
                : AskRequest.of(question, named.id(), picture.slices());
        boolean whole = named.method().equals("image"); // half a JPEG is none
        return request.withDeadline(settings.deadline()).withWhole(whole);
    }

    /** What carries the link now, and what is known of it; for whoever chooses the operating point. Any thread. */
    public LinkState link() {
        return client.link();
    }

    /** Which transport carried the link so far, and why. Any thread. */
    public LinkWins wins() {
        return client.wins();
    }

    /** Says goodbye to the edge and closes graphs and engine. */
    @Override
    public void close() {
        client.close();
        methods.values().forEach(DeviceMethod::close);
        methods.clear();
        engine.close();
    }
}
