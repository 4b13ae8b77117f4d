package dev.wamid

import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking

/** What the READMEs show. */
class ReadmeTest : SandboxTest() {
    @Test
    fun `the first program sends its message`() {
        val java = "${System.getProperty("java.home")}/bin/java"
        // Surefire's own class path is a jar that names the others.
        val classPath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val program = ProcessBuilder(java, "-cp", classPath, "dev.wamid.example.SendKt")
            .redirectErrorStream(true)
            .apply {
                environment()["WAMID_GATEWAY_URL"] = sandbox.gatewayUrl
                environment()["WAMID_API_KEY"] = sandbox.apiKey
            }
            .start()
        val said = program.inputReader().readText()
        assertTrue(program.waitFor(60, TimeUnit.SECONDS) && program.exitValue() == 0, said)
        assertTrue("sent: wamid." in said, said)
    }

    @Test
    fun `operations besides sends`() = runBlocking {
        sandbox.cloud(ClientOptions { businessAccountId = "102290129340398" }).use { client ->
            val messageId = "wamid.IN"
            client.markRead(messageId, typing = true)
            for (template in client.templates(status = "APPROVED")) println("${template.name} ${template.language}")
            assertTrue(client.templates(status = "APPROVED").isNotEmpty())
        }
    }
}
