import { connect } from 'node:net'

export type RawAnswer = {
  readonly status: number
  /** Lower case names; several of one name are joined by a line break. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end < 0 ? undefined : end).split('\r\n')
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}\n${value}`)
  }
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: end < 0 ? '' : text.slice(end + 4) }
}

export type RawRequest = {
  readonly method?: string
  /** The request target exactly as it goes out. */
  readonly target?: string
  /** Header lines exactly as they go out; nothing is added but Connection and, with a body, Content-Length. */
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
  /** Stop reading after the headers: for streams that never end. */
  readonly headersOnly?: boolean
}

/** One request of a browser over a bare socket: fetch and node:http would put Host and the target right. */
export function rawRequest(port: number, request: RawRequest): Promise<RawAnswer> {
  const { method = 'GET', target = '/', headers = [], body = '', headersOnly = false } = request
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
    ...(body ? [`Content-Length: ${Buffer.byteLength(body)}`] : []),
  ]
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      text += chunk
      if (headersOnly && text.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('close', () => resolve(parse(text)))
    socket.on('error', reject)
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
  })
}
