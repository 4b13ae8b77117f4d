package dev.wamid

import com.sun.jna.Memory
import com.sun.jna.Native
import com.sun.jna.Pointer
import java.nio.ByteBuffer

/** What the library has for [Calls], in numbers alone (src/jvm/mod.rs): UniFFI's buffers and statuses are structures to JNA,
 * and cost more than a send. */
internal object Crossing {
    /** The call has begun. */
    const val BEGUN: Int = 1

    /** Where the first answer stands. */
    private const val FIRST = 8L

    /** Where UniFFI would tell of a panic. The zero that a function answers then says as much, so that one does for all. */
    private val status = Memory(64).apply { clear() }

    /** The runtime of these sources' calls. */
    private val runtime: Long

    init {
        uniffiEnsureInitialized()
        val library = System.getProperty("uniffi.component.wamid.libraryOverride") ?: "wamid_ffi"
        Native.register(Crossing::class.java, library)
        runtime = uniffi_wamid_ffi_fn_func_jvm_runtime(status)
    }

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_runtime(status: Pointer): Long

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_buffer(bytes: Long, status: Pointer): Long

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_send(runtime: Long, client: Long, call: Long, buffer: Long, status: Pointer): Int

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_send_many(runtime: Long, client: Long, call: Long, buffer: Long, status: Pointer): Int

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_chats(runtime: Long, client: Long, call: Long, status: Pointer): Int

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_receive_webhook(runtime: Long, client: Long, call: Long, buffer: Long, status: Pointer): Int

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_ask(runtime: Long, client: Long, call: Long, buffer: Long, status: Pointer): Int

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_stop(runtime: Long, call: Long, status: Pointer)

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_unheard(buffer: Long, status: Pointer)

    @Suppress("FunctionName")
    private external fun uniffi_wamid_ffi_fn_func_jvm_answers(runtime: Long, status: Pointer): Long

    /** Begins a send; the buffer is one that [ByteBuffer.allocate] made. */
    fun send(client: Long, call: Long, arguments: ByteBuffer): Int =
        uniffi_wamid_ffi_fn_func_jvm_send(runtime, client, call, buffer(arguments), status)

    fun sendMany(client: Long, call: Long, arguments: ByteBuffer): Int =
        uniffi_wamid_ffi_fn_func_jvm_send_many(runtime, client, call, buffer(arguments), status)

    fun chats(client: Long, call: Long): Int = uniffi_wamid_ffi_fn_func_jvm_chats(runtime, client, call, status)

    fun receiveWebhook(client: Long, call: Long, arguments: ByteBuffer): Int =
        uniffi_wamid_ffi_fn_func_jvm_receive_webhook(runtime, client, call, buffer(arguments), status)

    fun ask(client: Long, call: Long, arguments: ByteBuffer): Int =
        uniffi_wamid_ffi_fn_func_jvm_ask(runtime, client, call, buffer(arguments), status)

    fun stop(call: Long) = uniffi_wamid_ffi_fn_func_jvm_stop(runtime, call, status)

    /** Logs that a message to this phone went out, of which nobody hears any more. */
    fun unheard(phone: String) {
        val arguments = ByteBuffer.allocate(Math.toIntExact(FfiConverterTypeString.allocationSize(phone).toLong()))
        FfiConverterTypeString.write(phone, arguments)
        uniffi_wamid_ffi_fn_func_jvm_unheard(buffer(arguments), status)
    }

    /** Waits for answers, and lets the calls run meanwhile. Tells each by its call; null where it cannot be read. */
    inline fun answers(told: (call: Long, answer: ByteBuffer?) -> Unit) {
        val address = uniffi_wamid_ffi_fn_func_jvm_answers(runtime, status)
        check(address != 0L) { "the calls cannot run" }
        val answers = Pointer(address)
        val length = answers.getLong(0)
        // They stand there until they are asked for again: what does not fit into memory at once may fit one by one.
        val all = read(answers, FIRST, length)
        var at = 0L
        while (at < length) {
            val call = java.lang.Long.reverseBytes(answers.getLong(FIRST + at))
            val size = java.lang.Long.reverseBytes(answers.getLong(FIRST + at + 8))
            at += 16
            told(call, if (all == null) read(answers, FIRST + at, size) else part(all, at, size))
            at += size
        }
    }

    private fun read(from: Pointer, at: Long, size: Long): ByteBuffer? = try {
        ByteBuffer.wrap(from.getByteArray(at, Math.toIntExact(size)))
    } catch (_: OutOfMemoryError) {
        null
    } catch (_: ArithmeticException) {
        null
    }

    private fun part(of: ByteBuffer, at: Long, size: Long): ByteBuffer? = try {
        ByteBuffer.wrap(of.array(), at.toInt(), size.toInt())
    } catch (_: OutOfMemoryError) {
        null
    }

    private fun buffer(arguments: ByteBuffer): Long {
        val address = uniffi_wamid_ffi_fn_func_jvm_buffer(arguments.position().toLong(), status)
        if (address != 0L) Pointer(address).write(0, arguments.array(), 0, arguments.position())
        return address
    }
}
