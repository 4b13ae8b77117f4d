/** Sends a message, as the environment says. */
package dev.wamid.example

import dev.wamid.*
import kotlinx.coroutines.runBlocking

fun main() = runBlocking {
    Client.fromEnv().use { client ->
        try {
            println("sent: ${client.sendMessage("+91 98765-43210", "Your order is on its way.").id}")
        } catch (error: WamidException) {
            println(if (error.maybeSent) "unknown, look before sending again: ${error.detail}" else "not sent: ${error.detail}")
        }
    }
}
