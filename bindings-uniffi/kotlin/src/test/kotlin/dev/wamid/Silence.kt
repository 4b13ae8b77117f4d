package dev.wamid

import java.net.InetAddress
import java.net.ServerSocket
import java.util.concurrent.CompletableFuture
import kotlin.concurrent.thread

/** A host that takes one request, answers nothing, and notes that the caller hung up. */
class Silence : AutoCloseable {
    private val socket = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    val url: String = "http://127.0.0.1:${socket.localPort}"

    /** The request has come. */
    val asked: CompletableFuture<Unit> = CompletableFuture()

    /** The caller has hung up. */
    val left: CompletableFuture<Unit> = CompletableFuture()

    init {
        thread(isDaemon = true) {
            // Where nobody comes, closing ends it.
            val caller = try { socket.accept() } catch (_: java.net.SocketException) { return@thread }
            caller.use { connection ->
                val input = connection.getInputStream()
                val buffer = ByteArray(65_536)
                while (true) {
                    val read = try {
                        input.read(buffer)
                    } catch (_: java.io.IOException) {
                        -1
                    }
                    if (read < 0) break
                    asked.complete(Unit)
                }
                left.complete(Unit)
            }
        }
    }

    fun client(): Client = Client.cloud("TOKEN", "1066", ClientOptions { graphUrl = url })

    override fun close() = socket.close()
}
