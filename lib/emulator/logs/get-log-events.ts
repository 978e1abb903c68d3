import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../context'
import type { Wire } from '../wire/wire-type'
import { inRange, invalidParameter, readLimit, requireGroup, requireStream } from './find'
import type { LogEvent } from './store'

type Place = { readonly direction: 'f' | 'b'; readonly sequence: number }

/**
 * GetLogEvents. Tokens name a place in the stream: forward ones the first event not yet seen, backward ones the oldest
 * seen. The end is told by the same token coming back (Logs API reference, "GetLogEvents"); asking again with it
 * later gives what was written meanwhile.
 */
export const getLogEvents: Operation<Wire<GetLogEventsRequest>, Wire<GetLogEventsResponse>> = (
  context,
  input,
) => {
  const limit = readLimit(input.limit, 10_000)
  const place = input.nextToken === undefined ? undefined : readPlace(input.nextToken)
  const stream = requireStream(requireGroup(context, input), input.logStreamName ?? '')
  const events = stream.events.filter(({ atMs }) => inRange(atMs, input))
  const shown = takeFrom(events, place, limit, input.startFromHead ?? false)

  const [first, last] = [shown[0], shown.at(-1)]
  const here = place?.sequence ?? (input.startFromHead ? 0 : stream.nextSequence)
  return {
    events: shown.map(({ atMs, message, ingestedAtMs }) => ({
      timestamp: atMs,
      message,
      ingestionTime: ingestedAtMs,
    })),
    nextForwardToken: toPlace('f', last ? last.sequence + 1 : here),
    nextBackwardToken: toPlace('b', first ? first.sequence : here),
  }
}

function takeFrom(
  events: readonly LogEvent[],
  place: Place | undefined,
  limit: number,
  fromHead: boolean,
): readonly LogEvent[] {
  if (place?.direction === 'f')
    return events.filter((event) => event.sequence >= place.sequence).slice(0, limit)
  if (place) return events.filter((event) => event.sequence < place.sequence).slice(-limit)
  return fromHead ? events.slice(0, limit) : events.slice(-limit)
}

const toPlace = (direction: 'f' | 'b', sequence: number): string =>
  `${direction}/${String(sequence).padStart(56, '0')}/s`

function readPlace(token: string): Place {
  const found = /^([fb])\/(\d{56})\/s$/.exec(token)
  if (!found) throw invalidParameter('The specified nextToken is invalid.')
  return { direction: found[1] === 'f' ? 'f' : 'b', sequence: Number(found[2]) }
}
