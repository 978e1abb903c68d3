import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { makeArn } from '../arn'
import type { Operation } from '../context'
import type { Scope } from '../scope'
import type { Wire } from '../wire/wire-type'
import { fromToken, invalidParameter, readLimit, requireGroup, toToken } from './find'
import type { LogGroup, LogStream } from './store'

const arnOf = (scope: Scope, group: LogGroup): string => makeArn('logs', scope, `log-group:${group.name}`)

/** A page of a list sorted already; the token is the place of the next record. */
function pageOf<T>(sorted: readonly T[], limit: number, nextToken: string | undefined) {
  const from = nextToken === undefined ? 0 : Number(fromToken(nextToken))
  if (!Number.isInteger(from) || from < 0) throw invalidParameter('The specified nextToken is invalid.')
  const to = from + limit
  return { page: sorted.slice(from, to), nextToken: to < sorted.length ? toToken(String(to)) : undefined }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** DescribeLogGroups, by name. `arn` ends with `:*`, `logGroupArn` does not. */
export const describeLogGroups: Operation<Wire<DescribeLogGroupsRequest>, Wire<DescribeLogGroupsResponse>> = (
  { logs, scope },
  input,
) => {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = input
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    )
  }
  const limit = readLimit(input.limit, 50)
  const groups = [...logs.groups(scope).values()]
    .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .filter(({ name }) => pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase()))
    .filter(() => input.logGroupClass === undefined || input.logGroupClass === 'STANDARD')
    .filter(
      (group) =>
        input.logGroupIdentifiers === undefined ||
        input.logGroupIdentifiers.some((id) => id === group.name || id === arnOf(scope, group)),
    )
    .sort((a, b) => byText(a.name, b.name))
  const { page, nextToken } = pageOf(groups, limit, input.nextToken)
  return {
    logGroups: page.map((group) => ({
      logGroupName: group.name,
      creationTime: group.createdAtMs,
      metricFilterCount: 0,
      arn: `${arnOf(scope, group)}:*`,
      logGroupArn: arnOf(scope, group),
      storedBytes: [...group.streams.values()].reduce((sum, { storedBytes }) => sum + storedBytes, 0),
      logGroupClass: 'STANDARD',
    })),
    nextToken,
  }
}

/** DescribeLogStreams, by name or by the last event. */
export const describeLogStreams: Operation<
  Wire<DescribeLogStreamsRequest>,
  Wire<DescribeLogStreamsResponse>
> = (context, input) => {
  const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName', descending = false } = input
  if (prefix !== undefined && orderBy === 'LastEventTime') {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
  }
  const limit = readLimit(input.limit, 50)
  const group = requireGroup(context, input)
  const streams = [...group.streams.values()]
    .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
    .sort((a, b) => (orderBy === 'LastEventTime' ? lastAt(a) - lastAt(b) : byText(a.name, b.name)))
  if (descending) streams.reverse()
  const { page, nextToken } = pageOf(streams, limit, input.nextToken)
  return {
    logStreams: page.map((stream) => ({
      logStreamName: stream.name,
      creationTime: stream.createdAtMs,
      firstEventTimestamp: stream.events[0]?.atMs,
      lastEventTimestamp: stream.events.at(-1)?.atMs,
      lastIngestionTime: stream.events.at(-1)?.ingestedAtMs,
      arn: `${arnOf(context.scope, group)}:log-stream:${stream.name}`,
      storedBytes: stream.storedBytes,
    })),
    nextToken,
  }
}

const lastAt = (stream: LogStream): number => stream.events.at(-1)?.atMs ?? stream.createdAtMs
