import { CallError } from '../call-error'
import type { ErrorKind } from '../trip'
import { readMessage } from './http-message'
import { type Tool, tools } from './script'

/** What the script found out. */
export type TaskReport = {
  /** null: the container has nothing that can make a request. */
  readonly tool: Tool | null
  /** What the name meant in the task; empty where the container cannot tell. */
  readonly addresses: readonly string[]
  /** Where the connection went; null: there was none, or the program does not say. */
  readonly remoteAddress: string | null
  /** Since the program began; null: it does not say. */
  readonly times: {
    readonly lookupMs: number
    readonly connectMs: number
    readonly firstByteMs: number
    readonly totalMs: number
  } | null
  readonly status: number | null
  /** Names in lowercase. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Why it counts as failed; null when an answer came whole. */
  readonly error: CallError | null
}

const isTool = (text: string): text is Tool => tools.some((tool) => tool === text)

/** IPv4 or IPv6 as getent and curl write them; anything else is left out. */
const isAddress = (text: string): boolean =>
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]+(?:\d{1,3}(?:\.\d{1,3}){3})?)$/i.test(text)

type Parts = {
  readonly addresses: readonly string[]
  readonly tool: string
  /** As it came: head and body, for wget the body alone. */
  readonly raw: string
  readonly done: readonly string[]
  readonly exitCode: number | null
  readonly errors: string
}

/** Takes the output apart at its marks; what is missing was cut off. */
function partsOf(text: string, mark: string): Parts {
  const addresses = [...text.matchAll(new RegExp(`^@${mark} address (\\S+)$`, 'gm'))].flatMap(
    ([, one]) => one ?? [],
  )
  const [toolLine = '', tool = ''] = new RegExp(`^@${mark} tool (\\w+)\\n`, 'm').exec(text) ?? []
  const start = text.indexOf(toolLine) + toolLine.length
  const from = toolLine === '' ? text.length : start
  const [doneLine, done] = new RegExp(`\\n@${mark} done ([^\\n]*)`).exec(text) ?? []
  const exit = new RegExp(`\\n@${mark} exit (\\d+)\\n@${mark} error ([^]*)$`).exec(text)
  const ends = [doneLine, exit?.[0]].flatMap((one) =>
    one === undefined ? [] : [text.indexOf(one, Math.max(0, from - 1))],
  )
  return {
    addresses: [...new Set(addresses.filter(isAddress))],
    tool,
    raw: text.slice(from, Math.max(from, Math.min(text.length, ...ends))),
    done: (done ?? '').split('|'),
    exitCode: exit?.[1] === undefined ? null : Number(exit[1]),
    errors: (exit?.[2] ?? '').trimEnd(),
  }
}

const milliseconds = (text: string | undefined): number => (Number(text) > 0 ? Number(text) * 1000 : 0)

function timesOf([, , lookup, connect, firstByte, total]: readonly string[]): TaskReport['times'] {
  if (total === undefined) return null
  return {
    lookupMs: milliseconds(lookup),
    connectMs: milliseconds(connect),
    firstByteMs: milliseconds(firstByte),
    totalMs: milliseconds(total),
  }
}

const said: readonly (readonly [pattern: RegExp, kind: ErrorKind])[] = [
  [
    /could not resolve|bad address|unable to resolve|ENOTFOUND|EAI_AGAIN|gaierror|name or service not known|nodename/i,
    'resolve',
  ],
  [/no route|unreachable|EHOSTUNREACH|ENETUNREACH/i, 'unreachable'],
  [/refused|couldn.t connect|can.t connect/i, 'refused'],
  [
    /reset|no data received|empty reply|ECONNRESET|EPIPE|transfer closed|end of file|unexpected eof/i,
    'reset',
  ],
  [/HTTP\/0\.9|weird server|bad header|malformed/i, 'bad-response'],
]

/** What curl's exit codes mean (curl manual, "Exit codes"). */
const curlCodes: Readonly<Record<number, ErrorKind>> = {
  1: 'bad-response',
  6: 'resolve',
  8: 'bad-response',
  52: 'reset',
  55: 'reset',
  56: 'reset',
  18: 'reset',
}

const timeoutKind = (times: TaskReport['times'], status: number | null): ErrorKind => {
  if (status !== null) return 'deadline'
  if (times === null) return 'first-byte-timeout'
  return times.connectMs === 0 ? 'connect-timeout' : 'first-byte-timeout'
}

function failureOf(parts: Parts, times: TaskReport['times'], status: number | null): CallError | null {
  const { exitCode, tool } = parts
  // What is indented are the headers that wget tells.
  const errors = parts.errors.replace(/^ {2}.*$/gm, '')
  const message =
    errors
      .split('\n')
      .findLast((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 300) ?? ''
  const isTimeout =
    (tool === 'curl' && exitCode === 28) ||
    /timed? ?out|ETIMEDOUT/i.test(errors) ||
    exitCode === 124 ||
    exitCode === 143
  if (exitCode === null) return new CallError('deadline', 'The script in the task did not come to its end.')
  if (isTimeout) return new CallError(timeoutKind(times, status), message || 'It timed out.')
  // wget ends with an error for an answer that is one.
  if (exitCode === 0 || (tool === 'wget' && status !== null)) return null
  const kind =
    (tool === 'curl' ? curlCodes[exitCode] : undefined) ??
    said.find(([pattern]) => pattern.test(errors))?.[1] ??
    'failed'
  return new CallError(kind, message || `${tool} ended with ${exitCode}.`)
}

/** wget tells the head on standard error, indented. */
const headOfWget = (errors: string): string =>
  errors
    .split('\n')
    .filter((line) => /^ {2}\S/.test(line))
    .map((line) => line.trim())
    .join('\r\n')

/** Reads what `buildScript`'s script wrote. Total: whatever the answer holds, the report says as much as is known. */
export function readReport(output: Buffer, mark: string): TaskReport {
  const parts = partsOf(output.toString('latin1'), mark)
  const tool = isTool(parts.tool) ? parts.tool : null
  const times = timesOf(parts.done)
  const raw = tool === 'wget' ? `${headOfWget(parts.errors)}\r\n\r\n${parts.raw}` : parts.raw
  // curl and wget take chunks apart themselves.
  const message = readMessage(raw, tool !== 'curl' && tool !== 'wget')
  const remote = parts.done[1] ?? ''
  const status = message?.status ?? null
  const failure = failureOf(parts, times, status)
  const silent = failure === null && tool !== null && status === null
  return {
    tool,
    addresses: parts.addresses,
    remoteAddress: isAddress(remote) ? remote : null,
    times,
    status,
    headers: message?.headers ?? {},
    body: Buffer.from(message?.body ?? '', 'latin1'),
    error: silent
      ? new CallError(raw.trim() === '' ? 'reset' : 'bad-response', 'What came back is no HTTP answer.')
      : failure,
  }
}
