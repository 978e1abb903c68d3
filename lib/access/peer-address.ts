import 'server-only'
import { isIP } from 'node:net'

/** Told by the server in front of Next (lib/launch/console.mjs), which overwrites what a client sends. */
const PEER_HEADER = 'x-switchboard-peer'

/** Where a request came from; null when no server of ours stands in front to know it. */
export function peerAddress(
  header: (name: string) => string | null,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const address = env.SWITCHBOARD_FRONT === '1' ? header(PEER_HEADER) : null
  return address !== null && isIP(address) !== 0 ? address : null
}
