import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../context'
import type { Wire } from '../wire/wire-type'
import { compileFilterPattern } from './filter-pattern'
import { fromToken, inRange, invalidParameter, readLimit, requireGroup, requireStream, toToken } from './find'
import type { LogEvent, LogGroup } from './store'

type Found = { readonly stream: string; readonly event: LogEvent }

/** FilterLogEvents over the streams of one group, oldest event first. */
export const filterLogEvents: Operation<Wire<FilterLogEventsRequest>, Wire<FilterLogEventsResponse>> = (
  context,
  input,
) => {
  if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix cannot both be given.')
  }
  if (input.logStreamNames && (input.logStreamNames.length < 1 || input.logStreamNames.length > 100)) {
    throw invalidParameter('logStreamNames must have 1 to 100 entries.')
  }
  const limit = readLimit(input.limit, 10_000)
  const matches = compileFilterPattern(input.filterPattern ?? '')
  const after = input.nextToken === undefined ? undefined : fromToken(input.nextToken)
  const group = requireGroup(context, input)

  const found = streamsOf(group, input)
    .flatMap(({ name, events }) => events.map((event): Found => ({ stream: name, event })))
    .filter(({ event }) => inRange(event.atMs, input) && matches(event.message))
    .map((one) => ({ ...one, key: keyOf(one) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    events: page.map(({ stream, event }) => ({
      logStreamName: stream,
      timestamp: event.atMs,
      message: event.message,
      ingestionTime: event.ingestedAtMs,
      eventId: eventIdOf({ stream, event }),
    })),
    searchedLogStreams: [],
    nextToken: last && found.length > page.length ? toToken(last.key) : undefined,
  }
}

function streamsOf(group: LogGroup, input: Wire<FilterLogEventsRequest>) {
  if (input.logStreamNames) return input.logStreamNames.map((name) => requireStream(group, name))
  const prefix = input.logStreamNamePrefix ?? ''
  return [...group.streams.values()].filter(({ name }) => name.startsWith(prefix))
}

/** Sorts by time, then by stream, then by the order of writing. */
const keyOf = ({ stream, event }: Found): string =>
  `${String(event.atMs).padStart(15, '0')}/${stream}/${String(event.sequence).padStart(12, '0')}`

/** 56 digits as AWS gives: time, place in the stream, and a hash of the stream's name; the same at every asking. */
function eventIdOf({ stream, event }: Found): string {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(stream)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  const digits = (value: number, length: number) => String(value).padStart(length, '0')
  return digits(event.atMs, 20) + digits(event.sequence, 20) + digits(hash, 16)
}
