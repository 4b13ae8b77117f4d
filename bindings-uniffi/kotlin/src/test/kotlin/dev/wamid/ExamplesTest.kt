package dev.wamid

import dev.wamid.example.ChatViewModel
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.jsonObject

private const val PROGRAM = "dev.wamid.example.MainKt"

/** What newcomers copy. */
class ExamplesTest : SandboxTest() {
    @Test
    fun `the program tells its story`() {
        val said = output(PROGRAM)
        val told = said.lines().map { it.substringBefore(' ') }.filter { it.isNotEmpty() }.distinct()
        assertEquals(listOf("text", "location", "template", "chat", "error"), told, said)
    }

    @Test
    fun `whoever asks for it sees what happens, without what is sent`() {
        // Beside what the program says itself, each with its time.
        val logged = output(PROGRAM, "WAMID_LOG" to "debug").lines().filter { Regex("^\\d{4}-").containsMatchIn(it) }
        assertTrue(logged.any { "wamid.send" in it }, "$logged")
        assertFalse(logged.any { "on its way" in it || "919876543210" in it }, "$logged")
    }

    @Test
    fun `the view model sends, and says what went wrong`() = runBlocking {
        sandbox.gateway().use { client ->
            coroutineScope {
                val model = ChatViewModel(client, this)
                model.send(Sandbox.PHONE, "Hello").join()
                assertEquals("Sent.", model.state.value.notice)
                model.refresh().join()
                assertTrue(model.state.value.chats.any { it.phoneNumber == "919876543210" })
                model.send("nobody", "Hello").join()
                assertTrue("phone" in model.state.value.notice!!, "${model.state.value}")
            }
        }
    }

    @Test
    fun `after an unknown outcome the view model sends other messages, and the same one not twice`() = runBlocking {
        // A webhook that comes in time makes the outcome known.
        sandbox.stopWebhooks()
        sandbox.gateway().use { client ->
            coroutineScope {
                val model = ChatViewModel(client, this)
                val lost = Sandbox.magic(900_003)
                model.send(lost, "Hello").join()
                assertTrue("Perhaps" in model.state.value.notice!! && model.state.value.canSendAgain, "${model.state.value}")
                for ((phone, message) in listOf(Sandbox.PHONE to "Hello", Sandbox.PHONE to "Hello", Sandbox.PHONE to "Hi")) {
                    model.send(phone, message).join()
                    assertEquals("Sent.", model.state.value.notice)
                    assertFalse(model.state.value.canSendAgain)
                }
                model.send(lost, "Hello").join()
                assertTrue("Perhaps" in model.state.value.notice!!, "${model.state.value}")
                // One more with other words is another send.
                model.send(lost, "Hello?").join()
                val arrived = sandbox.messages().filter { lost in it.toString() }.map { it.getValue("body").jsonObject["text"].toString() }
                assertEquals(2, arrived.size, "$arrived")
            }
        }
    }
}
