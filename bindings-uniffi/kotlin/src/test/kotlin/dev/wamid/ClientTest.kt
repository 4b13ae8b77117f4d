package dev.wamid

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlinx.coroutines.runBlocking

class ClientTest {
    @Test
    fun `an argument that breaks a rule is named`() {
        val error = assertFailsWith<WamidException.InvalidInput> { Client.cloud("", "1066") }
        assertEquals("access_token", error.failure.field)
    }
}
