package dev.wamid

import java.io.File
import java.net.URLClassLoader
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking

/** A server that loads its applications anew, each with a copy of the library. */
class ClassLoadersTest {
    @Test
    fun `each copy of the library works, beside others and after them`() = StagedHost().use { host ->
        val program = ProcessBuilder(
            "${System.getProperty("java.home")}/bin/java", "-XX:+UseSerialGC", "-cp", ExitTest.CLASS_PATH,
            "dev.wamid.ClassLoadersTestKt", host.url,
        ).redirectErrorStream(true).start()
        val inTime = program.waitFor(120, TimeUnit.SECONDS)
        if (!inTime) program.destroyForcibly()
        val said = program.inputReader().readText()
        assertTrue(inTime, said)
        assertEquals(List(COPIES) { "wamid.A closed" }, said.trim().lines())
        assertEquals(0, program.exitValue())
    }

    companion object {
        const val COPIES = 6
    }
}

/** A program that loads the library several times: every other time JNA is the one that it was before. */
fun main(arguments: Array<String>) {
    val url = arguments[0]
    val (wamid, other) = System.getProperty("java.class.path").split(File.pathSeparator).map { File(it).toURI().toURL() }
        .partition { it.path.endsWith("/classes/") || it.path.endsWith("/test-classes/") }
    val platform = ClassLoader.getPlatformClassLoader()
    val shared = URLClassLoader(other.toTypedArray(), platform)
    repeat(ClassLoadersTest.COPIES) {
        val copy = if (it % 2 == 0) URLClassLoader((wamid + other).toTypedArray(), platform) else URLClassLoader(wamid.toTypedArray(), shared)
        val program = copy.loadClass("dev.wamid.ClassLoadersTestKt")
        check(program.classLoader === copy)
        println(program.getMethod("useOnce", String::class.java).invoke(null, url))
        // Its calls go on.
        copy.close()
        System.gc()
    }
}

/** Sends a message, and leaves others under way. */
@Suppress("unused")
fun useOnce(url: String): String {
    val client = Client.cloud("TOKEN", "1066", ClientOptions { graphUrl = url })
    val future = FutureClient(Client.cloud("TOKEN", "1066", ClientOptions { graphUrl = url }))
    repeat(10) { future.sendMessage(Sandbox.PHONE, "silent $it") }
    return client.use {
        val id = runBlocking { client.sendMessage(Sandbox.PHONE, "taken").id }
        client.close()
        val error = runBlocking { runCatching { client.sendMessage(Sandbox.PHONE, "closed") }.exceptionOrNull() }
        "$id ${if ((error as? WamidException)?.field == "client") "closed" else "$error"}"
    }
}
