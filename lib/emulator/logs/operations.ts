import type { Operation } from '../context'
import { describeLogGroups, describeLogStreams } from './describe'
import { filterLogEvents } from './filter-log-events'
import { getLogEvents } from './get-log-events'

/** CloudWatch Logs: reading what containers wrote. Writing is the runtime's, through the log store. */
export const logsOperations: Readonly<Record<string, Operation>> = {
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
}
