/** RFC 9113, 3.4. */
const preface = 'PRI * HTTP/2.0\r\n'

/** Whether a connection that begins with these bytes speaks HTTP/2. No method of HTTP/1 is called so, and no client sends it in pieces. */
export const isPreface = (bytes: Buffer): boolean =>
  bytes[0] === 0x50 && bytes.toString('latin1', 0, preface.length).startsWith(preface)
