package dev.wamid

import java.util.concurrent.TimeUnit
import kotlin.test.assertTrue
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.TestInstance

/** Tests that send to one sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxTest {
    protected lateinit var sandbox: Sandbox

    @BeforeAll
    fun startSandbox() {
        sandbox = Sandbox()
    }

    @AfterAll
    fun stopSandbox() = sandbox.close()

    /** Runs a program that sends to the sandbox, in a JVM of its own, to its good end; what it says. */
    protected fun output(main: String, vararg variables: Pair<String, String>): String {
        val java = "${System.getProperty("java.home")}/bin/java"
        // Surefire's own class path is a jar that names the others.
        val classPath = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val program = ProcessBuilder(java, "-cp", classPath, main)
            .redirectErrorStream(true)
            .apply {
                environment()["WAMID_GATEWAY_URL"] = sandbox.gatewayUrl
                environment()["WAMID_API_KEY"] = sandbox.apiKey
                environment().putAll(variables)
            }
            .start()
        val said = program.inputReader().readText()
        assertTrue(program.waitFor(120, TimeUnit.SECONDS) && program.exitValue() == 0, said)
        return said
    }
}
