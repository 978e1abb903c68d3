import type { LogSink } from '../runtime/runtime'
import type { Scope } from '../scope'

/** One line of output. `sequence` counts up within its stream and never repeats. */
export type LogEvent = {
  readonly sequence: number
  readonly atMs: number
  readonly ingestedAtMs: number
  readonly message: string
}

/** One container's output; the oldest events are dropped once it holds more than the store allows. */
export type LogStream = {
  readonly name: string
  readonly createdAtMs: number
  readonly events: readonly LogEvent[]
  readonly storedBytes: number
  /** The `sequence` that the next event will get. */
  readonly nextSequence: number
}

export type LogGroup = {
  readonly name: string
  readonly createdAtMs: number
  readonly streams: ReadonlyMap<string, LogStream>
}

/** What containers wrote, by account and region; written by the runtime, read by the Logs operations. */
export type LogStore = LogSink & {
  groups(scope: Scope): ReadonlyMap<string, LogGroup>
  clear(): void
}

/** CloudWatch Logs counts each event as its UTF-8 bytes plus 26. */
const eventOverheadBytes = 26

type MutableStream = { -readonly [K in keyof LogStream]: LogStream[K] } & { events: LogEvent[] }
type MutableGroup = { name: string; createdAtMs: number; streams: Map<string, MutableStream> }

const sizeOf = (message: string): number => Buffer.byteLength(message) + eventOverheadBytes

/**
 * An empty store in memory. `maxStreamBytes` bounds each stream (1 MiB unless told), so that a task that floods its
 * output cannot fill the machine: the oldest events go first.
 */
export function makeLogStore(options: { now?: () => number; maxStreamBytes?: number } = {}): LogStore {
  const now = options.now ?? Date.now
  const maxStreamBytes = options.maxStreamBytes ?? 1_048_576
  const scopes = new Map<string, Map<string, MutableGroup>>()

  const groupsOf = (scope: Scope) => {
    const key = `${scope.accountId}/${scope.region}`
    let groups = scopes.get(key)
    if (!groups) {
      groups = new Map()
      scopes.set(key, groups)
    }
    return groups
  }

  return {
    append(scope, groupName, streamName, events) {
      const at = now()
      const groups = groupsOf(scope)
      const group = groups.get(groupName) ?? { name: groupName, createdAtMs: at, streams: new Map() }
      groups.set(groupName, group)
      const stream = group.streams.get(streamName) ?? emptyStream(streamName, at)
      group.streams.set(streamName, stream)
      for (const event of events) {
        stream.events.push({ ...event, sequence: stream.nextSequence, ingestedAtMs: at })
        stream.nextSequence += 1
        stream.storedBytes += sizeOf(event.message)
      }
      dropOldest(stream, maxStreamBytes)
    },
    groups: groupsOf,
    clear: () => scopes.clear(),
  }
}

const emptyStream = (name: string, createdAtMs: number): MutableStream => ({
  name,
  createdAtMs,
  events: [],
  storedBytes: 0,
  nextSequence: 0,
})

/** Drops in one go down to 7/8 of the bound, so that a flood does not shift the array once per line. */
function dropOldest(stream: MutableStream, maxBytes: number): void {
  if (stream.storedBytes <= maxBytes) return
  const target = maxBytes - Math.floor(maxBytes / 8)
  let dropped = 0
  for (const event of stream.events) {
    if (stream.storedBytes <= target) break
    stream.storedBytes -= sizeOf(event.message)
    dropped += 1
  }
  stream.events = stream.events.slice(dropped)
}
