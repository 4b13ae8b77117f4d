/** The same sends through java.net.http, OkHttp and wamid, with the command line of `wamid-bench client`. */
package dev.wamid.bench

import java.io.File
import java.util.concurrent.atomic.AtomicInteger
import kotlin.system.exitProcess
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

const val PHONE = "919876543210"
const val MESSAGE = "Your order A-1042 has been shipped and arrives on Friday."
const val PHONE_ID = "106540352242922"
const val TOKEN = "EAAbench"

/** What is compiled while a program runs takes its time: so many calls, or so many seconds, come before the measuring. */
private const val WARM_UP_CALLS = 4000
private const val WARM_UP_SECONDS = 1.6

/** How much, and against what: so many calls, and as many more as are begun within so many seconds. */
class Load(val url: String, val calls: Int, val seconds: Double, val inFlight: Int, val caFile: File?)

/** Does so many calls, and more until its meter's time is up; says how many. */
typealias Work = suspend (calls: Int, meter: Meter) -> Int

fun main(args: Array<String>) {
    require(args.size >= 2 && args[0] == "client") { "client SUBJECT --url URL [--calls N] [--seconds S] [--in-flight K] [--ca-file FILE]" }
    val options = args.drop(2).chunked(2).associate { (name, value) -> name to value }
    val load = Load(
        options.getValue("--url"),
        options["--calls"]?.toInt() ?: 10_000,
        options["--seconds"]?.toDouble() ?: 0.0,
        options["--in-flight"]?.toInt() ?: 1,
        options["--ca-file"]?.let(::File),
    )
    val work = when (val subject = args[1]) {
        "java.net.http" -> each(load, javaNetHttp(load))
        "okhttp" -> each(load, okHttp(load))
        "wamid" -> each(load, wamid(load))
        "wamid-many" -> wamidMany(load)
        else -> error("no subject $subject")
    }
    runBlocking {
        val warm = Meter(WARM_UP_SECONDS)
        var calls = 0
        while (calls < WARM_UP_CALLS && !warm.isUp()) calls += work(maxOf(500, load.inFlight), Meter(0.0))
        val meter = Meter(load.seconds)
        println(meter.told(work(load.calls, meter)))
    }
    // Threads of the clients would keep the process.
    exitProcess(0)
}

/** As many coroutines as calls in flight. */
private fun each(load: Load, call: suspend () -> String): Work = { calls, meter ->
    val begun = AtomicInteger()
    runBlocking {
        List(load.inFlight) {
            launch {
                while (begun.get() < calls || !meter.isUp()) {
                    begun.incrementAndGet()
                    val began = System.nanoTime()
                    runCatching { call() }.onSuccess { meter.took(System.nanoTime() - began) }.onFailure(meter::failure)
                }
            }
        }.joinAll()
    }
    begun.get()
}
