package dev.wamid.bench

import dev.wamid.Client
import dev.wamid.ClientOptions
import dev.wamid.Message
import dev.wamid.Outcome
import dev.wamid.Text
import java.io.IOException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.security.KeyStore
import java.security.cert.CertificateFactory
import java.util.concurrent.TimeUnit
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.future.await
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import okhttp3.Call
import okhttp3.Callback
import okhttp3.ConnectionPool
import okhttp3.Dispatcher
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.Response

private const val PATH = "/v26.0/$PHONE_ID/messages"

private fun body(): String = buildJsonObject {
    put("messaging_product", JsonPrimitive("whatsapp"))
    put("recipient_type", JsonPrimitive("individual"))
    put("to", JsonPrimitive("+$PHONE"))
    put("type", JsonPrimitive("text"))
    put("text", buildJsonObject {
        put("body", JsonPrimitive(MESSAGE))
        put("preview_url", JsonPrimitive(false))
    })
}.toString()

private fun read(answer: String): String {
    val messages = Json.parseToJsonElement(answer).jsonObject.getValue("messages").jsonArray
    return messages[0].jsonObject.getValue("id").jsonPrimitive.content
}

private class Trust(load: Load) {
    val manager: X509TrustManager
    val context: SSLContext

    init {
        val keys = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null) }
        load.caFile!!.inputStream().use {
            keys.setCertificateEntry("bench", CertificateFactory.getInstance("X.509").generateCertificate(it))
        }
        val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(keys) }
        manager = factory.trustManagers.filterIsInstance<X509TrustManager>().first()
        context = SSLContext.getInstance("TLS").apply { init(null, arrayOf(manager), null) }
    }
}

/** The JDK's client, with HTTP/1.1 as all others here. */
fun javaNetHttp(load: Load): suspend () -> String {
    val builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
    if (load.caFile != null) builder.sslContext(Trust(load).context)
    val client = builder.build()
    val uri = URI(load.url + PATH)
    return {
        val request = HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer $TOKEN")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body()))
            .build()
        read(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).await().body())
    }
}

/** OkHttp, with its limit of five calls a host lifted. */
fun okHttp(load: Load): suspend () -> String {
    val dispatcher = Dispatcher().apply {
        maxRequests = load.inFlight
        maxRequestsPerHost = load.inFlight
    }
    val builder = OkHttpClient.Builder().dispatcher(dispatcher).connectionPool(ConnectionPool(load.inFlight, 5, TimeUnit.MINUTES))
    if (load.caFile != null) Trust(load).let { builder.sslSocketFactory(it.context.socketFactory, it.manager) }
    val client = builder.build()
    val json = "application/json".toMediaType()
    return {
        val request = Request.Builder().url(load.url + PATH).header("Authorization", "Bearer $TOKEN").post(body().toRequestBody(json))
        read(client.newCall(request.build()).answer())
    }
}

private suspend fun Call.answer(): String = suspendCancellableCoroutine { waiting ->
    enqueue(object : Callback {
        override fun onFailure(call: Call, e: IOException) = waiting.resumeWithException(e)

        override fun onResponse(call: Call, response: Response) {
            try {
                waiting.resume(response.use { it.body.string() })
            } catch (error: IOException) {
                waiting.resumeWithException(error)
            }
        }
    })
}

private fun client(load: Load): Client =
    Client.cloud(TOKEN, PHONE_ID, ClientOptions { graphUrl = load.url; caFile = load.caFile?.path })

/** wamid, a call a message. */
fun wamid(load: Load): suspend () -> String {
    val client = client(load)
    return { client.sendMessage(PHONE, MESSAGE).id }
}

/** wamid's `sendMany`, in bulks of 1000 (five times what is in flight, if that is more), each looked through and let go. */
fun wamidMany(load: Load): Work {
    val client = client(load)
    val bulk = maxOf(1000, 5 * load.inFlight)
    return { calls, meter ->
        var made = 0
        do {
            // By time, only whole ones.
            val size = if (load.seconds > 0) bulk else minOf(bulk, calls - made)
            val sends = List(size) { Message(PHONE, Text(MESSAGE)) }
            for (outcome in client.sendMany(sends, load.inFlight.toLong())) {
                if (outcome is Outcome.Failed) meter.failure(outcome.error)
            }
            made += size
        } while (made < calls || !meter.isUp())
        made
    }
}
