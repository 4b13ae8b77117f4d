package dev.wamid

import java.nio.file.Files
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** A virtual machine that ends while a hundred calls are under way: in time, with the status that it should have, and quietly. */
class ExitTest {
    private class Ended(val status: Int, val said: String, val crash: List<String>)

    /** Runs the program below until its calls have arrived, and tells it to end. */
    private fun ended(way: String, vararg java: String, end: (Process) -> Unit = { it.outputStream.close() }): Ended = StagedHost().use { host ->
        val folder = Files.createTempDirectory("wamid-exit-").toFile()
        // A pipe that nobody reads would hold the program up.
        val output = Files.createTempFile("wamid-exit-", ".log").toFile()
        try {
            val program = ProcessBuilder(
                listOf("${System.getProperty("java.home")}/bin/java") + java +
                    listOf("-XX:+UseSerialGC", "-cp", CLASS_PATH, "dev.wamid.ExitTestKt", way, host.url),
            ).directory(folder).redirectErrorStream(true).redirectOutput(output).start()
            val begun = System.nanoTime()
            while (host.arrived.get() < CALLS && program.isAlive) {
                assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(120), "$way: ${host.arrived} calls arrived")
                Thread.sleep(10)
            }
            end(program)
            val inTime = program.waitFor(60, TimeUnit.SECONDS)
            if (!inTime) program.destroyForcibly()
            val said = output.readText()
            assertTrue(inTime, "$way goes on: $said")
            Ended(program.exitValue(), said, folder.list().orEmpty().toList())
        } finally {
            output.delete()
            folder.deleteRecursively()
        }
    }

    private fun quiet(status: Int, ended: Ended) {
        assertEquals("", ended.said)
        assertEquals(status, ended.status)
        assertEquals(emptyList(), ended.crash)
    }

    @Test
    fun `main returns`() = quiet(0, ended("return"))

    @Test
    fun `the threads that wait are daemons`() = quiet(0, ended("daemons"))

    @Test
    fun `the program exits`() = quiet(7, ended("exit"))

    @Test
    fun `a shutdown hook cancels the calls and closes the client`() = quiet(7, ended("hook"))

    @Test
    fun `the process is terminated`() = quiet(128 + 15, ended("wait") { it.toHandle().destroy() })

    @Test
    fun `main throws`() {
        val ended = ended("throw")
        val lines = ended.said.lines()
        assertEquals("Exception in thread \"main\" java.lang.IllegalStateException: that is all", lines.first())
        assertTrue(lines.drop(1).all { it.isEmpty() || it.startsWith("\tat ") }, ended.said)
        assertEquals(1, ended.status)
        assertEquals(emptyList(), ended.crash)
    }

    @Test
    fun `the virtual machine's own checks of native code find no error`() {
        val ended = ended("hook", "-Xcheck:jni")
        // They warn of JNA, which keeps more references than it has announced.
        assertTrue("FATAL" !in ended.said, ended.said)
        assertEquals(7, ended.status)
        assertEquals(emptyList(), ended.crash)
    }

    companion object {
        const val CALLS = 100

        /** That of the tests. Surefire's own is a jar that names the others. */
        val CLASS_PATH: String = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
    }
}

/** A program that has a hundred calls under way, and ends in some way once its standard input does. */
@OptIn(DelicateCoroutinesApi::class)
fun main(arguments: Array<String>) {
    val (way, url) = arguments
    val client = Client.cloud("TOKEN", "1066", ClientOptions { graphUrl = url })
    val future = FutureClient(client)
    val calls = ArrayList<Job>()
    for (number in 0 until ExitTest.CALLS) {
        val text = "silent $number"
        when {
            way == "daemons" -> thread(isDaemon = true) { runBlocking { client.sendMessage(Sandbox.PHONE, text) } }
            number % 3 == 0 -> future.sendMessage(Sandbox.PHONE, text)
            number % 3 == 1 -> calls += GlobalScope.launch(Dispatchers.IO) { client.sendMessage(Sandbox.PHONE, text) }
            else -> future.sendMany(listOf(Message(Sandbox.PHONE, Text(text))), null) { }
        }
    }
    if (way == "hook") {
        Runtime.getRuntime().addShutdownHook(
            thread(start = false) {
                calls.forEach(Job::cancel)
                future.close()
                runBlocking { runCatching { client.sendMessage(Sandbox.PHONE, "closed") } }
            },
        )
    }
    while (System.`in`.read() >= 0) continue
    when (way) {
        "exit", "hook" -> exitProcess(7)
        "throw" -> error("that is all")
        "wait" -> Thread.sleep(60_000)
    }
}
