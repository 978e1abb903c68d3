/** What one call may cost, whatever the other side does. */
export type CallLimits = {
  /** Until the TCP connection stands. */
  readonly connectTimeoutMs: number
  /** From the connection to the complete status line and headers. */
  readonly firstByteTimeoutMs: number
  /** From the first packet to the last byte. */
  readonly deadlineMs: number
  /** Counted after decompression. */
  readonly maxBodyBytes: number
  readonly maxHeaderBytes: number
}

export const callLimits: CallLimits = {
  connectTimeoutMs: 1_000,
  firstByteTimeoutMs: 3_000,
  deadlineMs: 5_000,
  maxBodyBytes: 256 * 1024,
  maxHeaderBytes: 16 * 1024,
}
