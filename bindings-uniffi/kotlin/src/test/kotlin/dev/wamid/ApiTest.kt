package dev.wamid

import java.lang.reflect.Modifier
import java.nio.file.Files
import java.nio.file.Path
import kotlin.reflect.KClass
import kotlin.reflect.KVisibility
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What others compile against. */
class ApiTest {
    /** Every class of the library that has a name. */
    private val classes: List<Class<*>> = Path.of(Client::class.java.protectionDomain.codeSource.location.toURI()).let { root ->
        Files.walk(root).use { files ->
            files.map { "${root.relativize(it)}" }.filter { it.endsWith(".class") && !it.startsWith("META-INF") }.toList()
        }.map { Class.forName(it.removeSuffix(".class").replace('/', '.'), false, javaClass.classLoader) }
    }

    /** Its class as Kotlin sees it; none where it is a file's, or has no name. */
    private fun kotlin(type: Class<*>): KClass<*>? =
        type.takeIf { it.getAnnotation(Metadata::class.java)?.kind == 1 && it.canonicalName != null }?.kotlin

    private fun isPublic(type: KClass<*>): Boolean =
        type.visibility == KVisibility.PUBLIC && (type.java.enclosingClass?.kotlin?.let(::isPublic) ?: true)

    private val public = classes.mapNotNull(::kotlin).filter(::isPublic)

    @Test
    fun `the oldest compilers that are still used can read it`() {
        val versions = classes.mapNotNull { it.getAnnotation(Metadata::class.java)?.metadataVersion?.toList() }.toSet()
        // Kotlin 2.0 reads what 2.1 writes.
        assertEquals(setOf(listOf(2, 1, 0)), versions)
        val classFile = checkNotNull(Client::class.java.getResourceAsStream("Client.class")).use { it.readNBytes(8) }
        assertEquals(55, classFile[7].toInt(), "Java 11")
    }

    @Test
    fun `what UniFFI makes for itself is nobody's`() {
        assertTrue(public.size > 30, "$public")
        val inside = Regex("(?i)uniffi|ffi|rustbuffer|foreign|native|disposable|nohandle|internal|crossing|calls|completions")
        assertEquals(emptyList(), public.map { it.qualifiedName }.filter { inside.containsMatchIn(it!!.removePrefix("dev.wamid.")) })
    }

    @Test
    fun `a class can have another field, and break nobody`() {
        for (type in public) {
            assertTrue(!type.isData, "$type has copy and componentN, which change with each field")
            val constructors = type.constructors.filter { it.visibility == KVisibility.PUBLIC }
            for (constructor in constructors) {
                // What a value must have never grows: at most four values, and what sets the others.
                assertTrue(constructor.parameters.none { it.isOptional } && constructor.parameters.size <= 5, "$constructor")
            }
        }
    }

    @Test
    fun `an interface can have another method, and break nobody`() {
        val own = ClientInterface::class.java.methods.filter { Modifier.isAbstract(it.modifiers) }.map { it.name }.toSet()
        assertEquals(setOf("send", "chats", "sendMany", "receiveWebhook"), own)
    }

    @Test
    fun `what the library makes a test can make too`() {
        assertEquals("wamid.A", Receipt.build { id = "wamid.A" }.id)
        val message = MessageEvent.build { id = "wamid.B"; type = "text"; text = "Hello" }
        assertEquals(message, (Event.Message(message)).message)
        assertEquals(Message("919876543210", Text("Hello")) { replyTo = "wamid.B" }.hashCode(), Message("919876543210", Text("Hello")) { replyTo = "wamid.B" }.hashCode())
    }
}
