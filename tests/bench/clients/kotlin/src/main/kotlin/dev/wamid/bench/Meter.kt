package dev.wamid.bench

import com.sun.management.OperatingSystemMXBean
import java.io.File
import java.lang.management.ManagementFactory
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject

/** What a run cost, from the moment it is made; how long it is to go on, at least. */
class Meter(private val seconds: Double) {
    private val latencies = ArrayList<Long>()
    private var failed = 0
    private var why = ""
    private val cpu = cpuNanoseconds()
    private val began = System.nanoTime()

    fun isUp(): Boolean = System.nanoTime() - began >= seconds * 1e9

    @Synchronized
    fun took(nanoseconds: Long) {
        latencies.add(nanoseconds)
    }

    @Synchronized
    fun failure(error: Throwable) {
        failed += 1
        why = error.toString()
    }

    /** One line of JSON: CPU a call in microseconds, calls a second, latencies in microseconds, memory in kilobytes. */
    fun told(calls: Int): String {
        val seconds = (System.nanoTime() - began) / 1e9
        val cpu = cpuNanoseconds() - cpu
        latencies.sort()
        fun at(share: Double) = latencies.getOrNull((latencies.size * share).toInt())?.let { it / 1e3 }
        val line = buildJsonObject {
            put("calls", JsonPrimitive(calls))
            put("cpu_us", JsonPrimitive(cpu / 1e3 / calls))
            put("rate", JsonPrimitive(calls / seconds))
            put("p50_us", JsonPrimitive(at(0.5)))
            put("p99_us", JsonPrimitive(at(0.99)))
            put("peak_kb", JsonPrimitive(peakKilobytes()))
            put("failed", JsonPrimitive(failed))
            if (failed > 0) put("why", JsonPrimitive(why))
        }
        return line.toString()
    }
}

/** User and system time of this process, what compiles and collects garbage included. */
private fun cpuNanoseconds(): Long =
    (ManagementFactory.getOperatingSystemMXBean() as OperatingSystemMXBean).processCpuTime

private fun peakKilobytes(): Long? =
    File("/proc/self/status").readLines().firstOrNull { it.startsWith("VmHWM:") }?.filter(Char::isDigit)?.toLong()
