package dev.wamid

import java.nio.file.Files
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** A send that is cancelled once its answer is there: the caller hears nothing of it, so the log must tell that the message went out. */
class UnheardTest {
    @Test
    fun `a message that went out as its call was cancelled is in the log`() {
        // A pipe that nobody reads would hold the program up.
        val output = Files.createTempFile("wamid-unheard-", ".log").toFile()
        try {
            val java = "${System.getProperty("java.home")}/bin/java"
            val builder = ProcessBuilder(java, "-XX:+UseSerialGC", "-cp", ExitTest.CLASS_PATH, "dev.wamid.UnheardTestKt")
            builder.environment()["WAMID_LOG"] = "warn"
            val program = builder.redirectErrorStream(true).redirectOutput(output).start()
            val inTime = program.waitFor(120, TimeUnit.SECONDS)
            if (!inTime) program.destroyForcibly()
            val said = output.readText()
            assertTrue(inTime, said)
            assertEquals(0, program.exitValue(), said)
            assertContains(said, "the message went out")
            assertContains(said, "cancelled: true")
            assertTrue(Sandbox.PHONE.filter(Char::isDigit) !in said, said)
        } finally {
            output.delete()
        }
    }
}

/** A program that cancels a send between its answer and the turn of its coroutine. */
fun main() {
    val thread = Executors.newSingleThreadExecutor()
    val gate = CountDownLatch(1)
    StagedHost().use { host ->
        val client = Client.cloud("TOKEN", "1066", ClientOptions { graphUrl = host.url })
        val dispatcher = thread.asCoroutineDispatcher()
        val call = CoroutineScope(dispatcher).launch { client.sendMessage(Sandbox.PHONE, "Hello") }
        // Its thread is kept busy, so that the coroutine cannot go on when it is woken.
        thread.execute { gate.await() }
        val begun = System.nanoTime()
        while (host.arrived.get() == 0 || Calls.underWay > 0) {
            check(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(60)) { "no answer" }
            Thread.sleep(5)
        }
        call.cancel()
        gate.countDown()
        runBlocking { call.join() }
        println("cancelled: ${call.isCancelled}")
    }
    thread.shutdown()
}
