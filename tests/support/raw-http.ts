import { connect } from 'node:net'

/** An HTTP answer as it came over the socket. */
export type RawAnswer = { readonly status: number; readonly headers: string; readonly body: string }

/**
 * Sends a request byte by byte as given (fetch would rewrite Host) and reads the answer until the connection closes.
 * `lines` are the request line and the headers; `connection: close` is added.
 */
export function sendRaw(port: number, lines: readonly string[], body = ''): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('error', reject)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const end = text.indexOf('\r\n\r\n')
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0),
        headers: text.slice(0, end).toLowerCase(),
        body: text.slice(end + 4),
      })
    })
    socket.write(
      `${[...lines, 'connection: close', `content-length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body}`,
    )
  })
}

/** The headers with which an SDK calls an operation. */
export const apiHeaders = (target: string): string[] => [
  `x-amz-target: ${target}`,
  'content-type: application/x-amz-json-1.1',
  `authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=${'a'.repeat(64)}`,
]
