/**
 * Kotlin's conformance runner: reads a call a line, makes it, answers a line. It only renames and hands over; see the
 * runner protocol in tests/conformance/README.md.
 */
package dev.wamid.conformance

import dev.wamid.Client
import dev.wamid.ClientOptions
import dev.wamid.Content
import dev.wamid.Location
import dev.wamid.Message
import dev.wamid.Template
import dev.wamid.Text
import dev.wamid.WamidException
import dev.wamid.buildTemplateComponents
import dev.wamid.parseWebhook
import dev.wamid.verifyWebhook
import java.io.PrintStream
import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

fun main(): Unit = runBlocking {
    val clients = HashMap<String, Client>()
    val out = PrintStream(System.out, true, Charsets.UTF_8)
    for (line in System.`in`.bufferedReader(Charsets.UTF_8).lineSequence()) {
        val answer = try {
            JsonObject(mapOf("ok" to answer(Json.parseToJsonElement(line).jsonObject, clients)))
        } catch (error: WamidException) {
            error(error)
        } catch (error: Throwable) {
            val untyped = mapOf("kind" to JsonPrimitive("UNTYPED"), "message" to JsonPrimitive(error.toString()))
            JsonObject(mapOf("error" to JsonObject(untyped)))
        }
        out.println(answer)
    }
}

private suspend fun answer(call: JsonObject, clients: MutableMap<String, Client>): JsonElement {
    val op = (call.getValue("op") as JsonPrimitive).content
    val args = Args(call["args"]?.jsonObject ?: JsonObject(emptyMap()))
    val spec = call["client"] as? JsonObject ?: return pure(op, args)
    if (op == "close") {
        clients.remove(spec.toString())?.close()
        return JsonNull
    }
    val client = clients.getOrPut(spec.toString()) { client(Args(spec)) }
    return when (op) {
        "send" -> client.send(
            args.text("phone"), content(args), args.long("account_id"), args.optional("reply_to"), args.optional("reference"),
            args.optional("idempotency_key"), args.json("extra"),
        ).toJson()
        "send_message" -> client.sendMessage(
            args.text("phone"), args.text("message"), args.flag("preview_url"), args.long("account_id"),
            args.optional("reply_to"), args.optional("reference"), args.optional("idempotency_key"), args.json("extra"),
        ).toJson()
        "send_location" -> client.sendLocation(
            args.text("phone"), args.double("latitude"), args.double("longitude"), args.optional("name"),
            args.optional("address"), args.long("account_id"), args.optional("reply_to"), args.optional("reference"),
            args.optional("idempotency_key"), args.json("extra"),
        ).toJson()
        "send_template" -> client.sendTemplate(
            args.text("phone"), args.text("template_name"), args.optional("language"), args.params("header_params"),
            args.params("body_params"), args.buttons(), args.json("components"), args.long("account_id"),
            args.optional("reply_to"), args.optional("reference"), args.optional("idempotency_key"), args.json("extra"),
        ).toJson()
        "chats" -> JsonArray(client.chats().map { it.toJson() })
        "send_many" -> {
            // `sends` and `concurrency` stand in the arguments, or beside them.
            val beside = Args(call)
            val sends = (args["sends"] ?: beside["sends"])?.jsonArray.orEmpty().map { row(it.jsonObject) }
            val concurrency = args.long("concurrency") ?: beside.long("concurrency")
            val outcomes = client.sendMany(sends.mapNotNull { it.getOrNull() }, concurrency).iterator()
            JsonArray(sends.map { it.fold({ outcomes.next().toJson() }, { refused -> error(refused as WamidException) }) })
        }
        "receive_webhook" ->
            JsonArray(client.receiveWebhook(args.bytes("body"), args.text("signature")).map { it.toJson() })
        // The answer is what is there then.
        "download_media_to" -> {
            val path = args.optional("path") ?: Files.createTempDirectory("wamid-kotlin-").resolve("content").toString()
            check(client.downloadMediaTo(args.text("media_id"), path, args.long("max_bytes")) == path)
            json("base64" to base64(Files.readAllBytes(Path.of(path))))
        }
        else -> operation(op, client, args) ?: pure(op, args)
    }
}

private fun pure(op: String, args: Args): JsonElement = when (op) {
    "build_template_components" -> Json.parseToJsonElement(
        buildTemplateComponents(args.params("header_params"), args.params("body_params"), args.buttons()),
    )
    "verify_webhook" ->
        JsonPrimitive(verifyWebhook(args.bytes("body"), args.text("signature"), args.text("app_secret")))
    "parse_webhook" -> JsonArray(parseWebhook(args.bytes("body")).map { it.toJson() })
    else -> error("no operation $op")
}

/** A message of many, or why its content is none. */
private fun row(send: JsonObject): Result<Message> = try {
    Result.success(message(send))
} catch (refused: WamidException) {
    Result.failure(refused)
}

private fun error(refused: WamidException): JsonObject = JsonObject(mapOf("error" to refused.toJson()))

private fun content(args: Args): Content = Content.fromJson(args.json("content") ?: "null")

private fun message(send: JsonObject): Message {
    val args = Args(send["args"]?.jsonObject ?: JsonObject(emptyMap()))
    val content = when (val op = (send["op"] as? JsonPrimitive)?.content) {
        "send" -> content(args)
        "send_message" -> Text(args.text("message"), args.flag("preview_url"))
        "send_location" -> Location(
            args.double("latitude"), args.double("longitude"), name = args.optional("name"), address = args.optional("address"),
        )
        "send_template" -> Template(
            args.text("template_name"), language = args.optional("language"), headerParams = args.params("header_params"),
            bodyParams = args.params("body_params"), buttons = args.buttons(), components = args.json("components"),
        )
        else -> error("no send $op")
    }
    return Message(
        args.text("phone"), content, args.long("account_id"), args.optional("reply_to"), args.optional("reference"),
        args.optional("idempotency_key"), args.json("extra"),
    )
}

private fun client(spec: Args): Client {
    val options = ClientOptions {
        timeout = spec.duration("timeout")
        connectTimeout = spec.duration("connect_timeout")
        totalTimeout = spec.duration("total_timeout")
        maxRetries = spec.long("max_retries")
        maxPerSecond = spec.optionalDouble("max_per_second")
        defaultCountryCode = spec.optional("default_country_code")
        userAgent = spec.optional("user_agent")
        proxy = spec.optional("proxy")
        allowHttp = spec.flag("allow_http")
        caFile = spec.optional("ca_file")
        poolIdleTimeout = spec.duration("pool_idle_timeout")
        poolMaxIdle = spec.long("pool_max_idle")
        maxConnections = spec.long("max_connections")
        graphVersion = spec.optional("graph_version")
        graphUrl = spec.optional("graph_url")
        appSecret = spec.optional("app_secret")
        businessAccountId = spec.optional("business_account_id")
        appId = spec.optional("app_id")
        checkTemplates = spec.flag("check_templates")
        store = spec.optional("store")
    }
    return when (val host = spec.text("host")) {
        "cloud" -> Client.cloud(spec.text("access_token"), spec.text("phone_number_id"), options)
        "gateway" -> Client.gateway(spec.text("base_url"), spec.text("api_key"), options)
        else -> error("no host $host")
    }
}
