import type { AccessLog, ProxyProtocol } from '../../proxy-spec'
import { type ConnectionEntry, formatConnection } from './connection-line'
import { type AccessEntry, formatAccess } from './request-line'

/** Writes one listener's access log. */
export type AccessWriter = {
  request(entry: AccessEntry): void
  /** A connection has been taken; gives its number. */
  takeConnection(): number
  connection(entry: ConnectionEntry): void
}

/** For all listeners of one proxy, whose connections are counted together. */
export function makeAccessWriters(
  wish: AccessLog,
  write: (line: string) => void,
): (protocol: ProxyProtocol) => AccessWriter {
  let connections = 0
  return (protocol) => ({
    request: (entry) => write(formatAccess(entry, wish, protocol === 'tcp' ? 'http' : protocol)),
    takeConnection: () => ++connections,
    connection: (entry) => write(formatConnection(entry, wish.format)),
  })
}
