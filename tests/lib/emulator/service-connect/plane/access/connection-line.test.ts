import { describe, expect, it } from 'vitest'
import { formatConnection } from '@/lib/emulator/service-connect/plane/access/connection-line'

const entry = {
  startedAtMs: Date.UTC(2030, 0, 2, 3, 4, 5, 678),
  remoteAddress: '127.10.0.5',
  remotePort: 40_000,
  bytesReceived: 12,
  bytesSent: 345,
  durationMs: 6.7,
  connectionId: 8,
}

describe('the line of a TCP connection', () => {
  it('has AWS’s format', () => {
    expect(formatConnection(entry, 'TEXT')).toBe(
      '[2030-01-02T03:04:05.678Z] 127.10.0.5:40000 40000 12 345 7 - 8',
    )
  })

  it('has the same as an object', () => {
    expect(JSON.parse(formatConnection(entry, 'JSON'))).toEqual({
      start_time: '2030-01-02T03:04:05.678Z',
      downstream_remote_address: '127.10.0.5:40000',
      downstream_remote_port: 40_000,
      bytes_received: 12,
      bytes_sent: 345,
      duration: 7,
      connection_termination_details: null,
      connection_id: 8,
    })
  })
})
