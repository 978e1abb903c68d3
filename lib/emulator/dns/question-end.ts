/**
 * Where the only question of a query ends, or undefined when it is not a plain one: labels of letters a host can have
 * in printable ASCII without dots in them, no compression (there is nothing before it to point at), at most 255 bytes,
 * then type and class.
 */
export function questionEnd(bytes: Buffer): number | undefined {
  let at = 12
  for (;;) {
    const length = bytes[at]
    if (length === undefined || length > 63) return undefined
    at++
    if (length === 0) break
    const label = bytes.subarray(at, at + length)
    // 0x2e is the dot: inside a label it would be another name once decoded.
    if (label.length < length || label.some((byte) => byte < 0x21 || byte > 0x7e || byte === 0x2e))
      return undefined
    at += length
    if (at - 12 > 254) return undefined
  }
  return at + 4 <= bytes.length ? at + 4 : undefined
}
