package dev.wamid

import java.io.BufferedReader
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** `wamid demo --keep`: a sandbox that plays Meta and a gateway in front of it, in a process of its own. */
class Sandbox : AutoCloseable {
    private val folder: Path = Files.createTempDirectory("wamid-kotlin-")
    private val process: Process
    private val output: BufferedReader

    /** The gateway. */
    val gatewayUrl: String
    val apiKey: String

    /** Meta, as the sandbox plays it. */
    val graphUrl: String

    init {
        val binary = checkNotNull(System.getenv("WAMID_BINARY")) {
            "set WAMID_BINARY to the binary wamid: cargo build -p wamid-cli"
        }
        process = ProcessBuilder(binary, "demo", "--keep")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
        output = process.inputReader()
        var exports: MatchResult? = null
        var sandbox: String? = null
        for (line in output.lineSequence()) {
            exports = exports ?: EXPORTS.find(line)
            sandbox = sandbox ?: SANDBOX.find(line)?.groupValues?.get(1)
            // The last line that it prints.
            if ("wamid-example" in line) break
        }
        gatewayUrl = exports!!.groupValues[1]
        apiKey = exports.groupValues[2]
        graphUrl = sandbox!!
    }

    fun gateway(options: ClientOptions? = null): Client = Client.gateway(gatewayUrl, apiKey, options)

    fun cloud(options: ClientOptions = ClientOptions()): Client =
        Client.cloud(TOKEN, PHONE_NUMBER_ID, options.also { it.graphUrl = graphUrl })

    /** What arrived at Meta, the latest last. */
    fun messages(): List<JsonObject> {
        val request = HttpRequest.newBuilder(URI("$graphUrl/_sandbox/messages")).build()
        val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        return Json.parseToJsonElement(answer.body()).jsonObject["messages"]!!.jsonArray.map { it.jsonObject }
    }

    /** Tells the gateway nothing more of what becomes of a message, as if Meta's webhooks were late. */
    fun stopWebhooks() {
        val request = HttpRequest.newBuilder(URI("$graphUrl/_sandbox/webhook"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("""{"url": null}"""))
            .build()
        val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() in 200..299) { answer.body() }
    }

    override fun close() {
        process.destroy()
        check(process.waitFor(20, TimeUnit.SECONDS)) { "the demo did not stop" }
        output.close()
        folder.toFile().deleteRecursively()
    }

    companion object {
        private val EXPORTS = Regex("WAMID_GATEWAY_URL=(\\S+) WAMID_API_KEY=(\\S+)")
        private val SANDBOX = Regex("^ {2}sandbox +(http\\S+)")
        const val TOKEN = "sandbox-token"
        const val PHONE_NUMBER_ID = "106540352242922"
        const val PHONE = "+91 98765-43210"

        /** The sandbox's magic recipient that plays a Graph code or, from 900001 on, something else. */
        fun magic(number: Int): String = "15550%06d".format(number)
    }
}
