package dev.wamid

import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlinx.coroutines.runBlocking

class InstantsTest {
    @Test
    fun `instants keep their microseconds, also before 1970`() = runBlocking {
        val times = listOf("1969-12-31T23:59:59.500001Z", "1901-01-01T00:00:00Z", "2026-11-22T10:00:00.123456Z")
        val rows = times.mapIndexed { id, time ->
            """{"id":$id,"phone_number":"9198765432$id","unread_count":0,"label":null,"last_message_at":"$time"}"""
        }
        val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
        server.createContext("/api/chats/") { exchange ->
            val body = """{"conversations":[${rows.joinToString(",")}]}""".toByteArray()
            exchange.responseHeaders["Content-Type"] = "application/json"
            exchange.sendResponseHeaders(200, body.size.toLong())
            exchange.responseBody.use { it.write(body) }
        }
        server.start()
        try {
            Client.gateway("http://127.0.0.1:${server.address.port}", "KEY").use { client ->
                assertEquals(times.map(Instant::parse), client.chats().map { it.lastMessageAt })
            }
        } finally {
            server.stop(0)
        }
    }
}
