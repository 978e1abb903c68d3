/**
 * @typedef {{
 *   method: string, url: URL, redirects: number, exitCode: number,
 *   answered?: import('./http.mjs').Answered, failed?: import('./http.mjs').Failed,
 * }} Transfer
 */

/** Seconds with six digits, as curl prints times. @param {number | undefined} ms */
const seconds = (ms) => ((ms ?? 0) / 1000).toFixed(6)

const escapes = /** @type {Readonly<Record<string, string>>} */ ({ n: '\n', r: '\r', t: '\t', '\\': '\\' })

/** curl's `--write-out`: `%{name}`, `%%` and `\n`, `\r`, `\t`. A name it does not know is left out, as curl does. @param {string} format @param {Transfer} transfer */
export function writeOut(format, transfer) {
  const values = valuesOf(transfer)
  return format.replace(/%\{([a-z_]+)\}|%%|\\([nrt\\])/g, (whole, name, mark) => {
    if (mark !== undefined) return escapes[mark] ?? whole
    return whole === '%%' ? '%' : (values.get(name) ?? '')
  })
}

/** @param {Transfer} transfer @returns {Map<string, string>} */
function valuesOf({ method, url, redirects, exitCode, answered, failed }) {
  const times = answered?.times ?? failed?.times
  const status = String(answered?.status ?? failed?.status ?? 0).padStart(3, '0')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const remoteAddress = answered?.remoteAddress ?? failed?.remoteAddress ?? ''
  return new Map([
    ['http_code', status],
    ['response_code', status],
    ['http_version', answered?.version ?? '0'],
    ['method', method],
    ['scheme', url.protocol.slice(0, -1)],
    ['url_effective', url.href],
    ['num_redirects', String(redirects)],
    ['redirect_url', answered?.headers.location ?? ''],
    ['content_type', answered?.headers['content-type'] ?? ''],
    ['remote_ip', remoteAddress],
    ['remote_port', remoteAddress === '' ? '0' : port],
    ['local_ip', answered?.localAddress ?? ''],
    ['local_port', String(answered?.localPort ?? 0)],
    ['size_download', String(answered?.bytes ?? failed?.bytes ?? 0)],
    ['time_namelookup', seconds(times?.lookupMs)],
    ['time_connect', seconds(times?.connectMs)],
    ['time_appconnect', seconds(times?.secureMs)],
    ['time_pretransfer', seconds(times?.secureMs || times?.connectMs)],
    ['time_starttransfer', seconds(times?.firstByteMs)],
    ['time_total', seconds(times?.totalMs)],
    ['exitcode', String(exitCode)],
  ])
}
