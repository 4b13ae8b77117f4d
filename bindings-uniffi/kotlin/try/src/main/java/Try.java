import dev.wamid.Client;
import dev.wamid.FutureClient;

/** Sends a message with the jar alone: `cargo xtask package kotlin` builds and runs it. */
public final class Try {
    private Try() {}

    public static void main(String[] arguments) throws Exception {
        try (var client = new FutureClient(Client.Companion.fromEnv())) {
            System.out.println("sent " + client.sendMessage("+91 98765-43210", "Hello").join().getId());
        }
    }
}
