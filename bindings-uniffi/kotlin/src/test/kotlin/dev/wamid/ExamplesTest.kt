package dev.wamid

import dev.wamid.example.ChatViewModel
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runBlocking

/** What newcomers copy. */
class ExamplesTest : SandboxTest() {
    @Test
    fun `the program tells its story`() {
        val said = run()
        val told = said.lines().map { it.substringBefore(' ') }.filter { it.isNotEmpty() }.distinct()
        assertEquals(listOf("text", "location", "template", "chat", "error"), told, said)
    }

    @Test
    fun `whoever asks for it sees what happens, without what is sent`() {
        // Beside what the program says itself, each with its time.
        val logged = run("WAMID_LOG" to "debug").lines().filter { Regex("^\\d{4}-").containsMatchIn(it) }
        assertTrue(logged.any { "wamid.send" in it }, "$logged")
        assertFalse(logged.any { "on its way" in it || "919876543210" in it }, "$logged")
    }

    /** What the program says. */
    private fun run(vararg variables: Pair<String, String>): String {
        val java = "${System.getProperty("java.home")}/bin/java"
        // Surefire's own class path is a jar that names the others.
        val classPath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val program = ProcessBuilder(java, "-cp", classPath, "dev.wamid.example.MainKt")
            .redirectErrorStream(true)
            .apply {
                environment()["WAMID_GATEWAY_URL"] = sandbox.gatewayUrl
                environment()["WAMID_API_KEY"] = sandbox.apiKey
                environment().putAll(variables)
            }
            .start()
        val said = program.inputReader().readText()
        assertTrue(program.waitFor(30, TimeUnit.SECONDS) && program.exitValue() == 0, said)
        return said
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
}
