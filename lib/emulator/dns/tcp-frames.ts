/** Cuts a TCP stream into DNS messages, each behind its length in two bytes (RFC 1035, 4.2.2). */
export function makeFrameReader(): (chunk: Buffer) => Buffer[] {
  let pending: Buffer = Buffer.alloc(0)
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const messages: Buffer[] = []
    while (pending.length >= 2) {
      const end = 2 + pending.readUInt16BE(0)
      if (pending.length < end) break
      messages.push(pending.subarray(2, end))
      pending = pending.subarray(end)
    }
    return messages
  }
}

export function toFrame(message: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(message.length + 2)
  frame.writeUInt16BE(message.length, 0)
  message.copy(frame, 2)
  return frame
}
