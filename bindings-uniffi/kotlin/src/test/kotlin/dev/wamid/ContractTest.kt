package dev.wamid

import java.lang.reflect.Modifier
import java.nio.file.Files
import java.nio.file.Path
import kotlin.reflect.KCallable
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.full.companionObject
import kotlin.reflect.full.functions
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.valueParameters
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** The library against the core's own contract: what one of them has, the other has. */
class ContractTest {
    private val contract: JsonObject =
        Json.parseToJsonElement(Files.readString(Path.of("../../tests/conformance/contract.json"))).jsonObject
    private val operations = contract.getValue("operations").jsonObject

    private fun names(of: JsonElement?): List<String> = of!!.jsonArray.map { camel(it.jsonPrimitive.content) }

    private fun camel(name: String): String =
        name.split("_").mapIndexed { at, word -> if (at == 0) word else word.replaceFirstChar(Char::uppercase) }
            .joinToString("")

    private fun arguments(callable: KCallable<*>): List<String?> = callable.valueParameters.map { it.name }

    /** In the order in which they are declared, which reflection on properties does not keep. */
    private fun fields(type: KClass<*>): List<String?> =
        type.java.declaredFields.filter { !Modifier.isStatic(it.modifiers) }.map { it.name }

    /** The function of that name that is told of everything by itself: not in a message, nor by the event that it answers. */
    private fun named(type: KClass<*>, name: String): KFunction<*> =
        type.memberFunctions.single {
            it.name == name && arguments(it) != listOf("message") && arguments(it).firstOrNull() != "event"
        }

    @Test
    fun `each operation has each argument, here and in the client of futures`() {
        val free = listOf(::buildTemplateComponents, ::verifyWebhook, ::parseWebhook).associateBy { it.name }
        for ((operation, names) in operations) {
            val name = camel(operation)
            val expected = names(names)
            val function = free[name]
            if (function != null) {
                assertEquals<List<String?>>(expected, arguments(function), name)
                continue
            }
            val method = named(Client::class, name)
            assertEquals<List<String?>>(expected, arguments(method), name)
            assertTrue(method.isSuspend, name)
            assertEquals<List<String?>>(expected, arguments(named(FutureClient::class, name)), "futures: $name")
        }
    }

    @Test
    fun `a message and the contents of operations have each argument`() {
        assertEquals<List<String?>>(names(operations["send"]), fields(Message::class))
        val common = names(operations["send"]) - "content"
        val contents = mapOf("send_message" to Text::class, "send_location" to Location::class, "send_template" to Template::class)
        for ((operation, type) in contents) {
            // A content may have more than the call, which stays as the original API has it.
            val missing = names(operations[operation]) - common - fields(type).toSet()
            assertEquals(emptyList<String?>(), missing, operation)
        }
    }

    @Test
    fun `each kind of content is a class, and is read from JSON`() {
        val types = contract.getValue("content_types").jsonArray.map { it.jsonPrimitive.content }
        assertEquals(types, Content.types)
        assertEquals(types.size, (Content::class.sealedSubclasses - ReadContent::class).size)
        for (type in types) {
            // What it misses is a field of its own.
            val error = assertFailsWith<WamidException.InvalidInput> { Content.fromJson("""{"type": "$type", "no such": 1}""") }
            assertTrue(error.field != "type", "$type: ${error.message}")
        }
        assertEquals("type", assertFailsWith<WamidException.InvalidInput> { Content.fromJson("""{"type": "no such"}""") }.field)
    }

    @Test
    fun `each constructor has its arguments and each option`() {
        val clients = contract.getValue("clients").jsonObject
        for (host in listOf("cloud", "gateway")) {
            val constructor = Client::class.companionObject!!.functions.single { it.name == host }
            val expected = names(clients.getValue(host).jsonObject["arguments"]) + "options"
            assertEquals<List<String?>>(expected, arguments(constructor), host)
        }
        val options = names(clients["options"]) + names(clients.getValue("cloud").jsonObject["options"])
        assertEquals<List<String?>>(options, fields(ClientOptions::class))
    }

    @Test
    fun `results and events have each field`() {
        assertEquals<List<String?>>(names(contract["receipt_fields"]), fields(Receipt::class))
        assertEquals<List<String?>>(names(contract["conversation_fields"]), fields(Conversation::class))
        assertEquals<List<String?>>(names(contract["progress_fields"]), fields(SendProgress::class))
        assertEquals<List<String?>>(names(contract["transfer_progress_fields"]), fields(TransferProgress::class))
        val events = contract.getValue("event_fields").jsonObject
        for ((event, names) in events) {
            // Which event it is, its type says.
            val type = Class.forName("dev.wamid.${event.replaceFirstChar(Char::uppercase)}Event").kotlin
            assertEquals<List<String?>>(names(names) - "event", fields(type), event)
        }
        for ((name, names) in contract.getValue("event_parts").jsonObject) {
            assertEquals<List<String?>>(names(names), fields(Class.forName("dev.wamid.$name").kotlin), name)
        }
        assertEquals(events.keys, Event::class.sealedSubclasses.map { it.simpleName!!.lowercase() }.toSet())
    }

    @Test
    fun `what operations answer has each field`() {
        for ((name, names) in contract.getValue("result_fields").jsonObject) {
            assertEquals<List<String?>>(names(names), fields(Class.forName("dev.wamid.$name").kotlin), name)
        }
    }

    @Test
    fun `each kind of error is a class, and each field is on the error`() {
        val kinds = names(contract["error_kinds"]).map { it.replaceFirstChar(Char::uppercase) }
        assertEquals(kinds.toSet(), WamidException::class.sealedSubclasses.map { it.simpleName }.toSet())
        // Kotlin's exceptions have a `message` of their own.
        val expected = names(contract["error_fields"]).map { if (it == "message") "detail" else it }
        assertEquals<List<String?>>(expected, fields(Failure::class))
        val extensions = Class.forName("dev.wamid.Errors").methods.filter { it.parameterCount == 1 }.map { it.name }
        for (field in expected) {
            assertTrue("get" + field.replaceFirstChar(Char::uppercase) in extensions, field)
        }
    }
}
