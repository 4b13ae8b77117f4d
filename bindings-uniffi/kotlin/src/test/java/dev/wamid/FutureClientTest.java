package dev.wamid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The library as Java has it. */
class FutureClientTest extends SandboxTest {
    private FutureClient gateway() throws WamidException {
        return new FutureClient(
                Client.Companion.gateway(sandbox.getGatewayUrl(), sandbox.getApiKey(), null));
    }

    @Test
    void allFourOperationsAnswer() throws WamidException {
        try (var client = gateway()) {
            assertTrue(client.sendMessage(Sandbox.PHONE, "Hello").join().getId().startsWith("wamid."));
            client.sendLocation(Sandbox.PHONE, 28.6139, 77.2090, "Our Office").join();
            List<TemplateParameter> params = List.of(new TemplateParameter.Text("Asha"), new TemplateParameter.Number(5));
            client.sendTemplate(Sandbox.PHONE, "order_update", "en", null, params).join();
            assertFalse(client.chats().join().isEmpty());
        }
    }

    @Test
    void aMessageIsAnsweredInPlace() throws WamidException {
        var event = new MessageEvent.Builder();
        event.setId("wamid.IN");
        event.setAddress(Sandbox.PHONE);
        try (var client = gateway()) {
            assertTrue(client.reply(event.build(), new Text("Until nine")).join().getId().startsWith("wamid."));
        }
    }

    @Test
    void optionsAreSetWithoutNamingThemAll() throws WamidException {
        var options = new ClientOptions();
        options.setGraphUrl(sandbox.getGraphUrl());
        options.setTimeout(Duration.ofSeconds(5));
        options.setMaxRetries(0L);
        try (var client =
                new FutureClient(Client.Companion.cloud(Sandbox.TOKEN, Sandbox.PHONE_NUMBER_ID, options))) {
            client.sendMessage(Sandbox.PHONE, "Hello").join();
        }
    }

    @Test
    void aFailedFutureHoldsTheTypedErrorWithItsFields() throws WamidException {
        try (var client = gateway()) {
            var call = client.sendMessage(Sandbox.Companion.magic(131_047), "Hello");
            var wrapped = assertThrows(CompletionException.class, call::join);
            var error = assertInstanceOf(WamidException.Rejected.class, wrapped.getCause());
            assertEquals(131_047L, Errors.getCode(error));
            assertFalse(Errors.getMaybeSent(error));
        }
    }

    @Test
    void aContentOfAnyKindIsSent() throws WamidException {
        try (var client = gateway()) {
            var pin = new Location(28.6139, 77.2090);
            pin.setName("Our Office");
            assertTrue(client.send(Sandbox.PHONE, pin).join().getId().startsWith("wamid."));
            var read = Content.fromJson(pin.toJson());
            var message = new Message(Sandbox.PHONE, read);
            message.setReference("order A-1042");
            assertEquals("order A-1042", client.send(message).join().getReference());
            var error = assertThrows(WamidException.InvalidInput.class, () -> Content.fromJson("{}"));
            assertEquals("type", Errors.getField(error));
        }
    }

    @Test
    void manyAreToldAsTheyGo() throws WamidException {
        var told = Collections.synchronizedList(new ArrayList<SendProgress>());
        try (var client = gateway()) {
            List<Message> sends =
                    List.of(
                            new Message(Sandbox.PHONE, new Location(1, 2)),
                            new Message(Sandbox.PHONE, new Location(91, 2)));
            var outcomes = client.sendMany(sends, 2L, told::add).join();
            assertInstanceOf(Outcome.Sent.class, outcomes.get(0));
            var failed = assertInstanceOf(Outcome.Failed.class, outcomes.get(1));
            assertEquals("latitude", Errors.getField(failed.getError()));
        }
        var last = told.get(told.size() - 1);
        assertEquals(1, last.getSent());
        assertEquals(1, last.getFailed());
    }

    @Test
    void cancellingAFutureHangsUpOnTheRequest() throws Exception {
        try (var host = new Silence();
                var client = new FutureClient(host.client())) {
            var call = client.sendMessage(Sandbox.PHONE, "Hello");
            host.getAsked().get(20, TimeUnit.SECONDS);
            call.cancel(true);
            assertThrows(CancellationException.class, call::join);
            host.getLeft().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatHangsOnAFutureMayWaitForAnother() throws Exception {
        try (var client = gateway()) {
            var calls = new ArrayList<CompletableFuture<String>>();
            for (int at = 0; at < 2 * Runtime.getRuntime().availableProcessors() + 2; at++) {
                calls.add(client.sendMessage(Sandbox.PHONE, "one")
                        .thenApply(first -> client.sendMessage(Sandbox.PHONE, "two").join().getId()));
            }
            for (var call : calls) {
                assertTrue(call.get(20, TimeUnit.SECONDS).startsWith("wamid."));
            }
        }
    }

    @Test
    void aClosedClientSaysSo() throws Exception {
        var client = gateway();
        client.close();
        List<CompletableFuture<?>> calls =
                List.of(
                        client.sendMessage(Sandbox.PHONE, "Hello"),
                        client.sendMany(List.of()),
                        client.chats(),
                        client.receiveWebhook(new byte[0], ""),
                        client.markRead("wamid.A"),
                        client.markRead("wamid.A", true),
                        client.templates());
        for (var call : calls) {
            var failed = assertThrows(ExecutionException.class, () -> call.get(20, TimeUnit.SECONDS));
            var error = assertInstanceOf(WamidException.InvalidInput.class, failed.getCause());
            assertEquals("client", Errors.getField(error));
        }
    }

    @Test
    void cancellingManyTellsWhatIsKnown() throws Exception {
        try (var host = new Silence();
                var client = new FutureClient(host.client())) {
            List<Message> sends = List.of(new Message(Sandbox.PHONE, new Text("one")), new Message(Sandbox.PHONE, new Text("two")));
            var call = client.sendMany(sends, 1L, progress -> {});
            host.getAsked().get(20, TimeUnit.SECONDS);
            assertTrue(call.cancel(true));
            assertTrue(call.isCancelled());
            var stopped = assertThrows(SendManyCancelled.class, call::join);
            assertEquals(1, stopped.getProgress().getUnknown());
            var unknown = assertInstanceOf(Outcome.Failed.class, stopped.getOutcomes().get(0));
            assertTrue(Errors.getMaybeSent(unknown.getError()));
            assertNull(stopped.getOutcomes().get(1));
            host.getLeft().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void eachIsToldAsItEnds() throws Exception {
        var told = new ConcurrentHashMap<Integer, Outcome>();
        try (var client = gateway()) {
            List<Message> sends = List.of(new Message(Sandbox.PHONE, new Text("one")), new Message("nobody", new Text("two")));
            client.sendEach(sends, (outcome, index) -> told.put(index, outcome)).get(20, TimeUnit.SECONDS);
            assertInstanceOf(Outcome.Sent.class, told.get(0));
            assertInstanceOf(Outcome.Failed.class, told.get(1));
            var refused = client.sendEach(sends, 0L, (outcome, index) -> {});
            var error = assertThrows(CompletionException.class, refused::join);
            assertEquals("concurrency", Errors.getField((WamidException) error.getCause()));
        }
    }

    @Test
    void closingTheClientHangsUpToo() throws Exception {
        try (var host = new Silence()) {
            var client = new FutureClient(host.client());
            var call = client.sendMessage(Sandbox.PHONE, "Hello");
            host.getAsked().get(20, TimeUnit.SECONDS);
            client.close();
            host.getLeft().get(20, TimeUnit.SECONDS);
            assertThrows(CancellationException.class, call::join);
        }
    }
}
