package dev.wamid

import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertFailsWith
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking

class CancellationTest {
    @Test
    fun `cancelling a coroutine hangs up on the request`() = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val call = async(Dispatchers.Default) { client.sendMessage(Sandbox.PHONE, "Hello") }
                host.asked.await()
                call.cancel()
                assertFailsWith<CancellationException> { call.await() }
                host.left.get(20, TimeUnit.SECONDS)
            }
        }
        Unit
    }

    @Test
    fun `so does cancelling many, and nothing more goes out`() = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val sends = List(3) { Send.Message(Sandbox.PHONE, "Hello $it") }
                val call = async(Dispatchers.Default) { client.sendMany(sends, concurrency = 1) }
                host.asked.await()
                call.cancel()
                assertFailsWith<CancellationException> { call.await() }
                host.left.get(20, TimeUnit.SECONDS)
            }
        }
        Unit
    }
}
