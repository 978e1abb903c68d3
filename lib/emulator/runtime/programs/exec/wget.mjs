// wget as far as it is used to try a service. Resolves and connects as the task does.
import { createWriteStream } from 'node:fs'
import { basename } from 'node:path'
import { flagTable, ignored, on, readFlags, UsageError, withValue } from './flags.mjs'
import { exchange, headerLines, isUnknownName, rawPath, toUrl } from './http.mjs'

const exit = { generic: 1, usage: 2, network: 4, tls: 5, server: 8 }
const options = {
  quiet: false,
  showHeaders: false,
  spider: false,
  verify: true,
  output: '',
  timeoutMs: 900_000,
  method: '',
  body: '',
  maxRedirects: 20,
  /** @type {Record<string, string>} */
  headers: {},
}

const flags = flagTable([
  ['-q --quiet', on(() => (options.quiet = true))],
  [
    '-nv --no-verbose -n -v --verbose -c --no-cache --no-hsts -4 --inet4-only --content-on-error --no-proxy',
    ignored,
  ],
  ['-S --server-response', on(() => (options.showHeaders = true))],
  ['--spider', on(() => (options.spider = true))],
  ['--no-check-certificate', on(() => (options.verify = false))],
  ['-O --output-document', withValue((value) => (options.output = value))],
  [
    '-T --timeout --read-timeout --connect-timeout',
    withValue((value) => (options.timeoutMs = Number(value) * 1000)),
  ],
  ['-t --tries -Y --waitretry --progress', withValue(() => undefined)],
  ['--max-redirect', withValue((value) => (options.maxRedirects = Number(value)))],
  ['--method', withValue((value) => (options.method = value.toUpperCase()))],
  ['--post-data --body-data', withValue((value) => (options.body = value))],
  ['-U --user-agent', withValue((value) => (options.headers['User-Agent'] = value))],
  [
    '--header',
    withValue((value) => {
      const colon = value.indexOf(':')
      if (colon > 0) options.headers[value.slice(0, colon).trim()] = value.slice(colon + 1).trim()
    }),
  ],
])

const say = (/** @type {string} */ text) => {
  if (!options.quiet) process.stderr.write(text)
}

/** @param {string} text */
async function get(text) {
  let url = toUrl(text)
  if (!url) {
    process.stderr.write(`wget: bad address '${text}'\n`)
    return exit.generic
  }
  const method = options.method || (options.body ? 'POST' : options.spider ? 'HEAD' : 'GET')
  for (let redirects = 0; ; redirects++) {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const outcome = await exchange({
      method,
      url,
      path: redirects === 0 ? rawPath(text) : undefined,
      headers: { 'User-Agent': 'Wget/1.21 (Switchboard)', Accept: '*/*', ...options.headers },
      body: options.body ? Buffer.from(options.body) : undefined,
      verify: options.verify,
      family: 0,
      connectTimeoutMs: options.timeoutMs,
      deadlineMs: options.timeoutMs,
      compressed: false,
    })
    if ('failed' in outcome) {
      const { code, message } = outcome.failed
      if (isUnknownName(code)) process.stderr.write(`wget: unable to resolve host address '${host}'\n`)
      else if (code.endsWith('TIMEOUT')) process.stderr.write('wget: download timed out\n')
      else if (code === 'ECONNREFUSED')
        process.stderr.write(`wget: can't connect to remote host (${host}): Connection refused\n`)
      else process.stderr.write(`wget: ${message || code}\n`)
      return exit.network
    }
    const { status, statusText, version, rawHeaders, headers, body, remoteAddress } = outcome.answered
    say(`Connecting to ${url.host} (${remoteAddress})\n`)
    if (options.showHeaders)
      process.stderr.write(
        `${[`HTTP/${version} ${status} ${statusText}`, ...headerLines(rawHeaders)].map((line) => `  ${line}`).join('\n')}\n`,
      )
    if (
      [301, 302, 303, 307, 308].includes(status) &&
      headers.location &&
      redirects < options.maxRedirects &&
      URL.canParse(headers.location, url)
    ) {
      url = new URL(headers.location, url)
      continue
    }
    if (status >= 300) {
      process.stderr.write(`wget: server returned error: HTTP/${version} ${status} ${statusText}\n`)
      return exit.server
    }
    if (options.spider) return 0
    const file = options.output || basename(url.pathname) || 'index.html'
    if (file === '-') process.stdout.write(body)
    else {
      createWriteStream(file).end(body)
      say(`'${file}' saved [${body.length}]\n`)
    }
    return 0
  }
}

try {
  const urls = readFlags(
    process.argv
      .slice(2)
      .flatMap((word) => (word === '-nv' ? ['--no-verbose'] : word === '-qO-' ? ['-q', '-O', '-'] : [word])),
    flags,
  )
  if (urls.length === 0) throw new UsageError('missing URL')
  let code = 0
  for (const url of urls) code = (await get(url)) || code
  process.exitCode = code
} catch (error) {
  process.stderr.write(`wget: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = exit.usage
}
