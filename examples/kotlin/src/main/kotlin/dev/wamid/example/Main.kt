/**
 * The same story as in every other language: a text, a location, a template, the chats, and an error.
 *
 * Start a gateway first, then give its address and key:
 *
 *     cargo run -- demo --keep      # prints the two exports
 *     cargo xtask package kotlin    # the library, then as the README of bindings-uniffi/kotlin says
 */
package dev.wamid.example

import dev.wamid.Client
import dev.wamid.TemplateParameter
import dev.wamid.WamidException
import dev.wamid.detail
import kotlinx.coroutines.runBlocking

fun main(): Unit = runBlocking {
    Client.fromEnv().use { client ->
        val phone = "+91 98765-43210"
        println("text      ${client.sendMessage(phone, "Your order A-1042 is on its way.").id}")

        val office = client.sendLocation(phone, 28.6139, 77.2090, "Our Office", "Connaught Place, New Delhi")
        println("location  ${office.id}")

        val params = listOf("Asha", "A-1042").map { TemplateParameter.Text(it) }
        println("template  ${client.sendTemplate(phone, "order_update", bodyParams = params).id}")

        for (chat in client.chats()) println("chat      ${chat.phoneNumber} (${chat.unreadCount} unread)")

        try {
            client.sendMessage("not a number", "Hello")
            error("a wrong number must be refused")
        } catch (error: WamidException.InvalidInput) {
            println("error     ${error.detail}")
        }
    }
}
