// curl as far as it is used to try a service: the usual flags, its exit codes and its words. Resolves and connects as the task does.
import { createWriteStream, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { flagTable, ignored, on, readFlags, UsageError, withValue } from './flags.mjs'
import { exchange, headerLines, isUnknownName, rawPath, toUrl } from './http.mjs'
import { writeOut } from './write-out.mjs'

const exit = {
  usage: 2,
  url: 3,
  protocol: 1,
  resolve: 6,
  connect: 7,
  weird: 8,
  http: 22,
  timeout: 28,
  tls: 35,
  redirects: 47,
  empty: 52,
  receive: 56,
  certificate: 60,
}

const options = {
  silent: false,
  showError: false,
  fail: false,
  failWithBody: false,
  verbose: false,
  include: false,
  head: false,
  follow: false,
  verify: true,
  compressed: false,
  get: false,
  remoteName: false,
  method: '',
  output: '',
  dumpHeader: '',
  format: '',
  maxRedirects: 50,
  connectTimeoutMs: 300_000,
  deadlineMs: 0,
  /** @type {0 | 4 | 6} */
  family: 0,
  /** @type {[name: string, value: string | undefined][]} */
  headers: [],
  /** @type {Buffer[]} */
  data: [],
  /** @type {string[]} */
  urls: [],
}

/** @param {string} text */
const seconds = (text) => {
  const value = Number(text)
  if (!(value >= 0)) throw new UsageError(`expected a number of seconds, not ${text}`)
  return value * 1000
}
/** @param {string} text */
const header = (text) => {
  // `Name:` takes a header away, `Name;` sends it empty.
  const found = /^([^:;]+)([:;])\s*(.*)$/s.exec(text)
  if (!found) return
  const [, name = '', mark, value = ''] = found
  options.headers.push([name.trim(), mark === ';' ? '' : value === '' ? undefined : value])
}
/** @param {boolean} binary @returns {(text: string) => void} */
const data = (binary) => (text) => {
  const bytes = text.startsWith('@') ? readFileSync(text === '@-' ? 0 : text.slice(1)) : Buffer.from(text)
  // As curl: line breaks of a file are not data unless it is binary.
  options.data.push(
    !binary && text.startsWith('@')
      ? Buffer.from(bytes.toString('latin1').replace(/[\r\n]/g, ''), 'latin1')
      : bytes,
  )
}

const flags = flagTable([
  ['-s --silent', on(() => (options.silent = true))],
  ['-S --show-error', on(() => (options.showError = true))],
  ['-f --fail', on(() => (options.fail = true))],
  ['--fail-with-body', on(() => (options.failWithBody = true))],
  ['-v --verbose', on(() => (options.verbose = true))],
  ['-i --include', on(() => (options.include = true))],
  ['-I --head', on(() => (options.head = true))],
  ['-L --location', on(() => (options.follow = true))],
  ['-k --insecure', on(() => (options.verify = false))],
  ['--compressed', on(() => (options.compressed = true))],
  ['-G --get', on(() => (options.get = true))],
  ['-O --remote-name', on(() => (options.remoteName = true))],
  ['-4 --ipv4', on(() => (options.family = 4))],
  ['-6 --ipv6', on(() => (options.family = 6))],
  [
    '-g --globoff -N --no-buffer --http1.1 --path-as-is -q --disable --no-progress-meter -# --progress-bar --raw',
    ignored,
  ],
  ['-X --request', withValue((value) => (options.method = value))],
  ['-o --output', withValue((value) => (options.output = value))],
  ['-D --dump-header', withValue((value) => (options.dumpHeader = value))],
  ['-w --write-out', withValue((value) => (options.format = value))],
  ['-m --max-time', withValue((value) => (options.deadlineMs = seconds(value)))],
  ['--connect-timeout', withValue((value) => (options.connectTimeoutMs = seconds(value)))],
  ['--max-redirs', withValue((value) => (options.maxRedirects = Number(value)))],
  ['-H --header', withValue(header)],
  ['-A --user-agent', withValue((value) => options.headers.push(['User-Agent', value]))],
  ['-e --referer', withValue((value) => options.headers.push(['Referer', value]))],
  ['-b --cookie', withValue((value) => options.headers.push(['Cookie', value]))],
  [
    '-u --user',
    withValue((value) =>
      options.headers.push(['Authorization', `Basic ${Buffer.from(value).toString('base64')}`]),
    ),
  ],
  ['-d --data --data-ascii', withValue(data(false))],
  ['--data-raw', withValue((value) => options.data.push(Buffer.from(value)))],
  ['--data-binary', withValue(data(true))],
  [
    '--json',
    withValue((value) => {
      data(true)(value)
      options.headers.push(['Content-Type', 'application/json'], ['Accept', 'application/json'])
    }),
  ],
  ['--url', withValue((value) => options.urls.push(value))],
  [
    '--noproxy --retry --retry-delay --retry-max-time --limit-rate --max-filesize',
    withValue(() => undefined),
  ],
])

/** @param {number} code @param {string} message */
const complain = (code, message) => {
  if (!options.silent || options.showError) process.stderr.write(`curl: (${code}) ${message}\n`)
  return code
}

/** @param {URL} url */
const portOf = (url) => url.port || (url.protocol === 'https:' ? '443' : '80')

/** @param {import('./http.mjs').Failed} failed @param {URL} url */
const complainOf = ({ code, message, times, bytes }, url) => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const ms = Math.round(times.totalMs)
  if (isUnknownName(code)) return complain(exit.resolve, `Could not resolve host: ${host}`)
  if (code === 'TIMEOUT')
    return complain(exit.timeout, `Operation timed out after ${ms} milliseconds with ${bytes} bytes received`)
  if (code === 'CONNECT_TIMEOUT')
    return complain(
      exit.timeout,
      `Failed to connect to ${host} port ${portOf(url)} after ${ms} ms: Timeout was reached`,
    )
  if (
    code === 'ECONNREFUSED' ||
    code === 'EHOSTUNREACH' ||
    code === 'ENETUNREACH' ||
    code === 'EADDRNOTAVAIL'
  )
    return complain(
      exit.connect,
      `Failed to connect to ${host} port ${portOf(url)} after ${ms} ms: Couldn't connect to server`,
    )
  if (code === 'ECONNRESET' && times.firstByteMs === 0) return complain(exit.empty, 'Empty reply from server')
  if (code.startsWith('HPE_'))
    return complain(
      times.firstByteMs === 0 ? exit.protocol : exit.weird,
      `Received HTTP/0.9 or no HTTP at all: ${message}`,
    )
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code))
    return complain(exit.certificate, `SSL certificate problem: ${message}`)
  if (/^ERR_SSL|^EPROTO/.test(code)) return complain(exit.tls, message)
  return complain(exit.receive, `Recv failure: ${message || code}`)
}

/** @param {string} file */
const sinkOf = (file) => (file === '' || file === '-' ? process.stdout : createWriteStream(file))

/** @param {string} text */
async function transfer(text) {
  const first = toUrl(text)
  if (!first) return complain(exit.url, 'URL rejected: Malformed input to a URL function')
  let url = first
  let body =
    options.data.length > 0
      ? Buffer.concat(options.data.flatMap((one, at) => (at === 0 ? [one] : [Buffer.from('&'), one])))
      : undefined
  if (options.get && body) {
    url.search = url.search ? `${url.search}&${body}` : `?${body}`
    body = undefined
  }
  let method = options.method || (options.head ? 'HEAD' : body ? 'POST' : 'GET')
  /** @type {Record<string, string>} */
  const headers = { 'User-Agent': 'curl/8.0 (Switchboard)', Accept: '*/*' }
  if (options.compressed) headers['Accept-Encoding'] = 'gzip, deflate, br'
  if (body) headers['Content-Type'] = 'application/x-www-form-urlencoded'
  for (const [name, value] of options.headers) {
    for (const known of Object.keys(headers))
      if (known.toLowerCase() === name.toLowerCase()) delete headers[known]
    if (value !== undefined) headers[name] = value
  }
  const sink = sinkOf(options.remoteName ? basename(first.pathname) || 'curl_response' : options.output)
  for (let redirects = 0; ; redirects++) {
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      return complain(exit.protocol, `Protocol "${url.protocol.slice(0, -1)}" not supported`)
    let shows = true
    const outcome = await exchange(
      {
        method,
        url,
        path: redirects === 0 && !options.get ? rawPath(text) : undefined,
        headers,
        body,
        verify: options.verify,
        family: options.family,
        connectTimeoutMs: options.connectTimeoutMs,
        deadlineMs: options.deadlineMs,
        compressed: options.compressed,
      },
      {
        onHead(response) {
          const lines = [
            `HTTP/${response.httpVersion} ${response.statusCode} ${response.statusMessage ?? ''}`.trimEnd(),
            ...headerLines(response.rawHeaders),
          ]
          if (options.verbose) process.stderr.write(`${lines.map((line) => `< ${line}`).join('\n')}\n< \n`)
          const points = isRedirect(response.statusCode ?? 0) && response.headers.location !== undefined
          shows = !(options.follow && points) && !(options.fail && (response.statusCode ?? 0) >= 400)
          if (options.include || options.head) sink.write(`${lines.join('\r\n')}\r\n\r\n`)
          if (options.dumpHeader) sinkOf(options.dumpHeader).write(`${lines.join('\r\n')}\r\n\r\n`)
        },
        onData: (bytes) => {
          if (shows) sink.write(bytes)
        },
      },
    )
    const about = { method, url, redirects, exitCode: 0, ...outcome }
    if ('failed' in outcome) {
      const code = complainOf(outcome.failed, url)
      report({ ...about, exitCode: code })
      return code
    }
    const { status, headers: got } = outcome.answered
    if (options.follow && isRedirect(status) && got.location !== undefined) {
      if (redirects >= options.maxRedirects)
        return complain(exit.redirects, `Maximum (${options.maxRedirects}) redirects followed`)
      if (!URL.canParse(got.location, url))
        return complain(exit.url, 'URL rejected: Malformed input to a URL function')
      url = new URL(got.location, url)
      // As browsers do, and curl with them: what is not asked to stay becomes a GET.
      if (status === 303 || (status < 303 && method === 'POST')) {
        method = method === 'HEAD' ? 'HEAD' : 'GET'
        body = undefined
      }
      continue
    }
    const bad = status >= 400 && (options.fail || options.failWithBody)
    const code = bad ? complain(exit.http, `The requested URL returned error: ${status}`) : 0
    report({ ...about, exitCode: code })
    return code
  }
}

/** @param {number} status */
const isRedirect = (status) => [301, 302, 303, 307, 308].includes(status)

/** @param {Parameters<typeof writeOut>[1]} about */
const report = (about) => {
  if (options.format) process.stdout.write(writeOut(options.format, about))
}

try {
  const others = readFlags(process.argv.slice(2), flags)
  const urls = [...options.urls, ...others]
  if (urls.length === 0) throw new UsageError('no URL specified')
  let code = 0
  for (const url of urls) code = await transfer(url)
  process.exitCode = code
} catch (error) {
  // What cannot be sent (a line break in a header) is told as curl tells a bad argument.
  process.stderr.write(`curl: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = exit.usage
}
