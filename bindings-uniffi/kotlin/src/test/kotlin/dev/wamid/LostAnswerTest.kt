package dev.wamid

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** An answer for which the virtual machine has no room. */
class LostAnswerTest {
    @Test
    fun `an answer that finds no memory fails its call, and the next ones work`() {
        val (host, gate) = List(2) { ServerSocket(0, 8, InetAddress.getLoopbackAddress()) }
        try {
            thread(isDaemon = true) { serve(host, gate) }
            val java = "${System.getProperty("java.home")}/bin/java"
            val classPath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
            val program = ProcessBuilder(java, "-Xmx64m", "-XX:+UseSerialGC", "-cp", classPath, "dev.wamid.LostAnswerTestKt", "${host.localPort}", "${gate.localPort}")
                .redirectErrorStream(true)
                .start()
            val said = program.inputReader().readText()
            assertTrue(program.waitFor(120, TimeUnit.SECONDS), said)
            assertEquals("unexpected_response true\nwamid.A\nended 0", said.trim(), said)
        } finally {
            listOf(host, gate).forEach(ServerSocket::close)
        }
    }

    /** Takes a request, says so at the gate, waits until that is closed (the program's memory is full), and answers with much; then the next with little. */
    private fun serve(host: ServerSocket, gate: ServerSocket) {
        val caller = host.accept()
        request(caller)
        gate.accept().use {
            it.getOutputStream().write(1)
            it.getInputStream().read()
        }
        answer(caller, "x".repeat(900_000))
        val again = runCatching { request(caller); caller }.getOrElse { host.accept().also(::request) }
        answer(again, "")
    }

    private fun request(caller: Socket) {
        val input = caller.getInputStream().buffered()
        var length = 0
        while (true) {
            val line = buildString { while (true) { val byte = input.read(); check(byte >= 0); if (byte == '\n'.code) break; append(byte.toChar()) } }
            if (line.startsWith("content-length:", ignoreCase = true)) length = line.substringAfter(':').trim().toInt()
            if (line.isBlank()) break
        }
        input.readNBytes(length)
    }

    private fun answer(caller: Socket, filling: String) {
        val body = """{"messages":[{"id":"wamid.A"}],"more":"$filling"}"""
        caller.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n$body".toByteArray())
        caller.getOutputStream().flush()
    }
}

/** A program whose memory is full when an answer comes. */
fun main(arguments: Array<String>) = runBlocking {
    val (port, gatePort) = arguments.map(String::toInt)
    val client = Client.cloud("TOKEN", "1066", ClientOptions { graphUrl = "http://127.0.0.1:$port" })
    // All that is needed later is loaded now.
    runCatching { client.sendMessage("nobody", "Hello") }
    val call = async(Dispatchers.Default) {
        try {
            client.sendMessage(Sandbox.PHONE, "Hello").id
        } catch (error: WamidException) {
            "${error.kind} ${error.maybeSent}"
        }
    }
    // Until it has arrived: what has no memory before that sends nothing.
    val gate = Socket(InetAddress.getLoopbackAddress(), gatePort)
    gate.getInputStream().read()
    val full = ArrayList<ByteArray>(100_000)
    val spare = arrayOfNulls<ByteArray>(8)
    for (at in spare.indices) spare[at] = ByteArray(32_768)
    for (size in listOf(262_144, 16_384)) {
        try {
            while (true) full += ByteArray(size)
        } catch (_: OutOfMemoryError) {
            // That is what was wanted.
        }
    }
    spare.fill(null)
    gate.close()
    val ended = withTimeout(30_000) { call.await() }
    full.clear()
    println(ended)
    println(withTimeout(30_000) { client.sendMessage(Sandbox.PHONE, "Hello").id })
    println("ended ${Calls.underWay}")
}
