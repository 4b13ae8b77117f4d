package dev.wamid.conformance

import dev.wamid.TemplateButton
import dev.wamid.TemplateParameter
import dev.wamid.buttonFromJson
import dev.wamid.parameterFromJson
import java.time.Duration
import java.util.Base64
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long

/** Arguments by their names in the contract; null is absent. */
internal class Args(private val map: JsonObject) {
    operator fun get(name: String): JsonElement? = map[name].takeUnless { it is JsonNull }

    fun optional(name: String): String? = this[name]?.jsonPrimitive?.let {
        require(it.isString) { "$name cannot be $it in Kotlin" }
        it.content
    }

    fun text(name: String): String = optional(name).orEmpty()

    fun bytes(name: String): ByteArray = text(name).toByteArray()

    fun flag(name: String): Boolean? = number(name)?.boolean

    fun long(name: String): Long? = number(name)?.long

    fun optionalDouble(name: String): Double? = number(name)?.double

    fun double(name: String): Double = optionalDouble(name) ?: Double.NaN

    fun duration(name: String): Duration? =
        optionalDouble(name)?.let { Duration.ofSeconds(Math.floor(it).toLong(), Math.round((it - Math.floor(it)) * 1e9)) }

    /** What is no text. */
    private fun number(name: String): JsonPrimitive? = this[name]?.jsonPrimitive?.also {
        require(!it.isString) { "$name cannot be $it in Kotlin" }
    }

    fun json(name: String): String? = this[name]?.toString()

    private fun list(name: String): JsonArray? = this[name]?.jsonArray

    /** An argument with fields of its own. */
    fun part(name: String): Args? = this[name]?.let { Args(it.jsonObject) }

    fun texts(name: String): List<String>? = list(name)?.map {
        require(it.jsonPrimitive.isString) { "$name cannot hold $it in Kotlin" }
        it.jsonPrimitive.content
    }

    /** What a case has in base64. */
    fun content(name: String): ByteArray? = optional(name)?.let { Base64.getDecoder().decode(it) }

    fun params(name: String): List<TemplateParameter>? = list(name)?.map { parameterFromJson(it.toString()) }

    fun buttons(): List<TemplateButton>? = list("buttons")?.map { buttonFromJson(it.toString()) }
}
