@file:JvmName("Sending")

package dev.wamid

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.flow.withIndex
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Semaphore

/** The same for messages that are taken from a list, or from anything else that can be gone through. */
public fun ClientInterface.sendEach(sends: Iterable<Message>, concurrency: Long? = null): Flow<IndexedValue<Outcome>> =
    sendEach(sends.asFlow(), concurrency)

/** The same for messages that are made as they are asked for. */
public fun ClientInterface.sendEach(sends: Sequence<Message>, concurrency: Long? = null): Flow<IndexedValue<Outcome>> =
    sendEach(sends.asFlow(), concurrency)

/** Sends each, some at a time. */
internal fun ClientInterface.each(sends: Flow<Message>, concurrency: Long?): Flow<IndexedValue<Outcome>> = channelFlow {
    val permits = Semaphore(minOf(concurrency(concurrency), Int.MAX_VALUE.toLong()).toInt())
    var failed: Throwable? = null
    coroutineScope {
        // Taken before the message is, so that no more are held than are allowed.
        permits.acquire()
        try {
            sends.withIndex().collect { (index, message) ->
                launch(start = CoroutineStart.UNDISPATCHED) {
                    // Stands still until the collector takes it.
                    channel.send(IndexedValue(index, outcome(message)))
                    permits.release()
                }
                permits.acquire()
            }
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (thrown: Throwable) {
            // What is under way is told first.
            failed = thrown
        }
    }
    failed?.let { throw it }
}.buffer(Channel.RENDEZVOUS)

private suspend fun ClientInterface.outcome(message: Message): Outcome = try {
    Outcome.Sent(send(message))
} catch (error: WamidException) {
    Outcome.Failed(error)
}
