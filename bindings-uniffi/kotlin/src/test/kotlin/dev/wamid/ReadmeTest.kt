package dev.wamid

import kotlin.test.Test
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking

/** What the READMEs show. */
class ReadmeTest : SandboxTest() {
    @Test
    fun `the first program sends its message`() {
        val said = output("dev.wamid.example.SendKt")
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
