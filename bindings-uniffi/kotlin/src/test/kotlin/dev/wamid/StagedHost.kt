package dev.wamid

import java.io.BufferedInputStream
import java.io.File
import java.io.IOException
import java.io.OutputStream
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import kotlin.test.assertTrue
import kotlinx.coroutines.delay

/**
 * A host that leaves a call in the stage that the call names, and counts what reached it.
 *
 * A text begins with the stage: `silent` is never answered, `held` when it is [released][release], `busy` is told to wait two
 * seconds, any other is taken. An upload is read a little at a time, and a download is written so: neither comes to its end.
 */
class StagedHost : AutoCloseable {
    private val socket = ServerSocket(0, 512, InetAddress.getLoopbackAddress())
    private val texts = ConcurrentHashMap<String, AtomicInteger>()
    private val connections = ConcurrentLinkedQueue<Socket>()
    val url: String = "http://127.0.0.1:${socket.localPort}"

    /** How many connections have been opened, and how many are open. */
    val opened = AtomicInteger()
    val open = AtomicInteger()

    private val released = CountDownLatch(1)

    @Volatile private var hurries = false

    /** How many messages have come whole. */
    val arrived = AtomicInteger()

    /** How often each text has come whole. */
    fun times(text: String): Int = texts[text]?.get() ?: 0

    /** Answers the messages that it holds, now and later. */
    fun release() = released.countDown()

    /** Reads what is left of the uploads: only who has read all learns that the caller has hung up. */
    fun hurry() {
        hurries = true
    }

    init {
        thread(isDaemon = true, name = "host") {
            try {
                while (true) serve(socket.accept())
            } catch (_: IOException) {
                // It was closed.
            }
        }
    }

    private fun serve(caller: Socket) {
        opened.incrementAndGet()
        open.incrementAndGet()
        connections += caller
        thread(isDaemon = true, name = "host, one caller") {
            try {
                caller.use { answer(it) }
            } catch (_: IOException) {
                // The caller hung up.
            } finally {
                connections -= caller
                open.decrementAndGet()
            }
        }
    }

    private fun answer(caller: Socket) {
        val (input, output) = caller.getInputStream().buffered() to caller.getOutputStream()
        while (true) {
            val request = line(input) ?: return
            var length = 0
            while (true) {
                val header = line(input) ?: return
                if (header.isEmpty()) break
                if (header.startsWith("content-length:", ignoreCase = true)) length = header.substringAfter(':').trim().toInt()
            }
            when {
                "/messages" in request -> message(input, output, length)
                request.startsWith("POST") -> return readSlowly(input)
                "/file" in request -> return writeSlowly(output)
                else -> reply(output, "200 OK", """{"url":"$url/file","mime_type":"text/plain","sha256":"${"0".repeat(64)}","file_size":$FILE,"id":"1","messaging_product":"whatsapp"}""")
            }
        }
    }

    private fun message(input: BufferedInputStream, output: OutputStream, length: Int) {
        val body = String(input.readNBytes(length))
        if (body.length < length) return
        val text = TEXT.find(body)?.groupValues?.get(1).orEmpty()
        texts.computeIfAbsent(text) { AtomicInteger() }.incrementAndGet()
        arrived.incrementAndGet()
        val stage = text.takeWhile(Char::isLetter)
        if (stage == "held") released.await()
        when (stage) {
            "silent" -> input.readAllBytes()
            "busy" -> reply(output, "429 Too Many Requests", """{"busy":true}""", "Retry-After: ${BUSY.seconds}\r\n")
            else -> reply(output, "200 OK", """{"messaging_product":"whatsapp","contacts":[],"messages":[{"id":"wamid.A"}]}""")
        }
    }

    private fun readSlowly(input: BufferedInputStream) {
        while (!hurries && input.read() >= 0) Thread.sleep(2)
        input.transferTo(OutputStream.nullOutputStream())
    }

    private fun writeSlowly(output: OutputStream) {
        output.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: $FILE\r\n\r\n".toByteArray())
        while (true) {
            output.write(ByteArray(512))
            output.flush()
            Thread.sleep(2)
        }
    }

    private fun reply(output: OutputStream, status: String, body: String, headers: String = "") {
        output.write("HTTP/1.1 $status\r\nContent-Type: application/json\r\n${headers}Content-Length: ${body.length}\r\n\r\n$body".toByteArray())
        output.flush()
    }

    private fun line(input: BufferedInputStream): String? = buildString {
        while (true) {
            val byte = input.read()
            if (byte < 0) return null
            if (byte == '\n'.code) return@buildString
            if (byte != '\r'.code) append(byte.toChar())
        }
    }

    fun client(options: ClientOptions = ClientOptions()): Client = Client.cloud("TOKEN", "1066", options.also { it.graphUrl = url })

    override fun close() {
        release()
        socket.close()
        connections.forEach(Socket::close)
    }

    companion object {
        /** How long a caller is to wait that is told so. */
        val BUSY: Duration = Duration.ofSeconds(2)
        private const val FILE = 50_000_000
        private val TEXT = Regex(""""body":"([^"]*)"""")
    }
}

/** Waits until something holds. */
internal suspend fun until(what: String, holds: () -> Boolean) {
    val begun = System.nanoTime()
    while (!holds()) {
        assertTrue(System.nanoTime() - begun < TimeUnit.MINUTES.toNanos(3), "not within three minutes: $what")
        delay(10)
    }
}

/** How many files and connections this process has open. */
internal fun openFiles(): Int = File("/proc/self/fd").list()?.size ?: 0

/** An address that takes no connection, and refuses none: the queue of its listener is full. */
class FullHost : AutoCloseable {
    private val socket = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    private val queued = ArrayList<Socket>()
    val url: String = "http://127.0.0.1:${socket.localPort}"

    init {
        try {
            while (true) {
                val caller = Socket()
                queued += caller
                caller.connect(socket.localSocketAddress, 200)
            }
        } catch (_: java.net.SocketTimeoutException) {
            // It is full.
        }
    }

    override fun close() {
        queued.forEach(Socket::close)
        socket.close()
    }
}
