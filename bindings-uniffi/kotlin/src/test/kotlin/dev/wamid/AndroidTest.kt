package dev.wamid

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.createTempDirectory
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What of Android can be tried without Android. */
class AndroidTest {
    private val folder = createTempDirectory("wamid-android")

    /** A library whose segments are aligned to so many bytes. */
    private fun library(alignment: Int): Path {
        val source = Files.writeString(folder.resolve("empty.c"), "int nothing(void) { return 0; }\n")
        val library = folder.resolve("lib$alignment.so")
        assertEquals(0, run("cc", "-shared", "-fPIC", "-Wl,-z,max-page-size=$alignment", "-o", "$library", "$source"))
        return library
    }

    private fun run(vararg command: String, path: String? = null): Int {
        val process = ProcessBuilder(*command).redirectErrorStream(true)
        if (path != null) process.environment()["PATH"] = path
        return process.start().also { it.inputReader().readText() }.waitFor()
    }

    private fun check(vararg libraries: Path, path: String? = null): Int =
        run("/bin/bash", "android/check-pages.sh", *libraries.map { "$it" }.toTypedArray(), path = path)

    @Test
    fun `a library for pages of 16 KB is told from another`() {
        val (small, right, large) = listOf(4_096, 16_384, 65_536).map(::library)
        assertEquals(0, check(right, large))
        assertEquals(1, check(small))
        assertEquals(1, check(right, small))
    }

    @Test
    fun `what cannot be checked has not passed`() {
        val right = library(16_384)
        assertEquals(2, check(right, path = "$folder"), "without readelf")
        assertEquals(2, check(folder.resolve("missing.so")))
        assertEquals(2, check(Files.writeString(folder.resolve("text.so"), "no library")))
        assertEquals(2, check())
    }

    @Test
    fun `R8 is told to keep every class that JNA finds by its name`() {
        val rules = Path.of("android/wamid/consumer-rules.pro").readText()
        assertEquals(rules, Path.of("src/main/resources/META-INF/proguard/wamid.pro").readText())
        // Those that register native methods, and those that JNA looks into.
        val classes = listOf("UniffiLib", "IntegrityCheckingUniffiLib", "Crossing").map { Class.forName("dev.wamid.$it") }
        for (type in classes) {
            assertTrue("-keep class ${type.name} { *; }" in rules, type.name)
        }
        assertTrue("-keep class dev.wamid.** extends com.sun.jna.** { *; }" in rules)
        assertTrue("-keep interface dev.wamid.** extends com.sun.jna.** { *; }" in rules)
    }
}
