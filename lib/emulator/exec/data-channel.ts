import type { Clock } from '../clock'
import type { Ids } from '../ids'
import type { ExecProgram, StartProgram, TerminalSize } from '../runtime/exec-program'
import {
  acknowledgement,
  channelClosed,
  handshakeComplete,
  handshakeRequest,
  readHandshakeProblem,
  readObject,
  readSize,
} from './control-payloads'
import { makeInbox } from './inbox'
import {
  type AgentMessage,
  decodeMessage,
  encodeMessage,
  FrameError,
  finFlag,
  flagValues,
  messageTypes,
  payloadTypes,
  synFlag,
} from './message'
import { makeOutbox } from './outbox'

/** The connection under a channel. */
export type ChannelWire = { send(frame: Buffer): void; close(): void }

export type ChannelLimits = {
  /** From the connection to the end of the handshake (agent: 15 s). */
  readonly handshakeTimeoutMs: number
  /** Without data in either direction (ECS developer guide, "ECS Exec": 20 minutes). */
  readonly idleTimeoutMs: number
  /** Messages that may wait for their acknowledgement before the program has to. */
  readonly maxWaiting: number
}

export const channelLimits: ChannelLimits = {
  handshakeTimeoutMs: 15_000,
  idleTimeoutMs: 20 * 60_000,
  maxWaiting: 64,
}

/** One session on an open connection whose token was right. */
export type DataChannel = {
  /** A binary frame from the client. */
  receive(frame: Buffer): void
  /** The connection is gone: nobody reads any more. */
  disconnected(): void
  /** Ends the session from outside, for example since its task ended. */
  end(reason: string): void
}

/** Agent: StreamDataPayloadSize. */
const maxOutputBytes = 1_024
/** A client tells its window right after the handshake; the program need not start in another one. */
const sizeWaitMs = 250
/** What a client that says nothing about its terminal gets. */
const usualSize: TerminalSize = { cols: 80, rows: 24 }

/**
 * The agent's side of the SSM data channel: handshake, then the program's output out and keys in, acknowledged, resent and in
 * order. Whatever a client sends ends at worst its own session. `onEnded` is told once, when nothing of it is left.
 */
export function openDataChannel(options: {
  readonly sessionId: string
  readonly clock: Clock
  readonly ids: Pick<Ids, 'uuid'>
  readonly wire: ChannelWire
  readonly start: StartProgram
  readonly limits: ChannelLimits
  readonly onEnded: () => void
}): DataChannel {
  const { clock, ids, limits, sessionId, wire } = options
  const startedAtMs = clock.now()
  const inbox = makeInbox<AgentMessage>()
  let program: ExecProgram | undefined
  let size = usualSize
  let paused = false
  let ended = false
  let cancelTimer = (): void => undefined
  /** Set between the handshake and the program. */
  let cancelBegin: (() => void) | undefined

  const pack = (
    messageType: string,
    sequenceNumber: number,
    flags: bigint,
    payloadType: number,
    payload: Buffer,
  ): Buffer =>
    encodeMessage({
      messageType,
      schemaVersion: 1,
      createdAtMs: clock.now(),
      sequenceNumber,
      flags,
      messageId: ids.uuid(),
      payloadType,
      payload,
    })

  const outbox = makeOutbox(clock, wire.send, () =>
    finish('The client acknowledges nothing any more.', false),
  )
  const send = (payloadType: number, payload: Buffer): void =>
    outbox.send((number) =>
      pack(messageTypes.output, number, number === 0 ? synFlag : 0n, payloadType, payload),
    )

  const finish = (reason: string, isConnected: boolean): void => {
    if (ended) return
    ended = true
    cancelTimer()
    cancelBegin?.()
    outbox.stop()
    program?.kill()
    if (isConnected) {
      const payload = channelClosed({ messageId: ids.uuid(), sessionId, atMs: clock.now(), output: reason })
      wire.send(pack(messageTypes.channelClosed, 0, synFlag | finFlag, 0, payload))
    }
    wire.close()
    options.onEnded()
  }

  const watch = (delayMs: number, reason: string): void => {
    cancelTimer()
    cancelTimer = clock.after(delayMs, () => finish(reason, true))
  }
  const active = (): void =>
    watch(
      limits.idleTimeoutMs,
      `Your session has been terminated due to inactivity (${limits.idleTimeoutMs / 60_000} minutes).`,
    )

  const output = (bytes: Buffer): void => {
    if (ended) return
    active()
    for (let at = 0; at < bytes.length; at += maxOutputBytes)
      send(payloadTypes.output, Buffer.from(bytes.subarray(at, at + maxOutputBytes)))
    if (outbox.waiting < limits.maxWaiting || paused) return
    paused = true
    program?.pause()
  }

  const begin = (): void => {
    cancelBegin?.()
    cancelBegin = undefined
    active()
    program = options.start(size, { output, ended: (reason) => drain(reason ?? '') })
  }

  /** What was written last still has to arrive: the session closes when it did, or when nobody takes it. */
  let closing: string | undefined
  const drain = (reason: string): void => {
    closing = reason
    program = undefined
    if (outbox.waiting === 0) finish(reason, true)
  }

  const takeInput = ({ payloadType, payload }: AgentMessage) => {
    if (payloadType === payloadTypes.handshakeResponse) {
      if (program || closing !== undefined || cancelBegin) return
      const problem = readHandshakeProblem(payload)
      if (problem !== undefined) return finish(problem, true)
      send(payloadTypes.handshakeComplete, handshakeComplete(clock.now() - startedAtMs))
      active()
      cancelBegin = clock.after(sizeWaitMs, begin)
      return
    }
    if (payloadType === payloadTypes.size) {
      const told = readSize(payload)
      if (!told) return
      size = told
      if (cancelBegin) begin()
      else program?.resize(size)
      return
    }
    // A client from before the handshake starts with its keys.
    if (!program && closing === undefined) begin()
    if (payloadType === payloadTypes.output) {
      active()
      program?.write(payload)
    } else if (payloadType === payloadTypes.flag) {
      if (payload.length !== 4) return finish('A flag is a number of 4 bytes.', true)
      if (payload.readUInt32BE(0) === flagValues.terminateSession) finish('', true)
    }
  }

  const takeAcknowledgement = (payload: Buffer) => {
    const about = readObject(payload)
    const number = about?.AcknowledgedMessageSequenceNumber
    if (typeof number !== 'number') return finish('The acknowledgement names no sequence number.', true)
    outbox.acknowledge(number)
    if (closing !== undefined && outbox.waiting === 0) return finish(closing, true)
    if (!paused || outbox.waiting > limits.maxWaiting / 2) return
    paused = false
    program?.resume()
  }

  watch(
    limits.handshakeTimeoutMs,
    'Handshake timed out. Please ensure that you have the latest version of the session manager plugin.',
  )
  send(payloadTypes.handshakeRequest, handshakeRequest())

  return {
    receive(frame) {
      if (ended) return
      try {
        const message = decodeMessage(frame)
        if (message.messageType === messageTypes.acknowledge) return takeAcknowledgement(message.payload)
        // Newer kinds of message may come; they mean nothing to this agent.
        if (message.messageType !== messageTypes.input) return
        const { ready, refused } = inbox.take(message.sequenceNumber, message)
        if (refused) return finish('Too many messages came before their turn.', true)
        wire.send(pack(messageTypes.acknowledge, 0, synFlag | finFlag, 0, acknowledgement(message)))
        for (const one of ready) if (!ended) takeInput(one)
      } catch (error) {
        if (!(error instanceof FrameError)) throw error
        finish(`Malformed frame: ${error.message}`, true)
      }
    },
    disconnected: () => finish('', false),
    end: (reason) => finish(reason, true),
  }
}
