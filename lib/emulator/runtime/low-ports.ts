import { readFileSync } from 'node:fs'
import { getuid, platform } from 'node:process'

/** How far up a port goes that this user may not listen on: 80 becomes 20080. (Browsers refuse 10080.) */
export const movedBy = 20_000

/** What the system says about ports. */
export type PortFacts = {
  readonly platform: string
  /** undefined where there are no user ids. */
  readonly userId: number | undefined
  /** `/proc/sys/net/ipv4/ip_unprivileged_port_start`; Linux only. */
  readonly unprivilegedStart: string | undefined
  /** `/proc/self/status`; Linux only. */
  readonly ownStatus: string | undefined
}

const usualStart = 1024
/** CAP_NET_BIND_SERVICE, capability 10 (Linux manual, capabilities(7)). */
const mayBindLowPorts = 1n << 10n

/** The lowest port that this user may listen on at an address of their own; 0 when every port may be had. */
export function lowestPortOf(facts: PortFacts): number {
  if (facts.platform === 'win32') return 0
  if (facts.platform !== 'linux') return facts.userId === 0 ? 0 : usualStart
  const capabilities = /^CapEff:\s*([0-9a-f]+)$/im.exec(facts.ownStatus ?? '')?.[1]
  if (capabilities && (BigInt(`0x${capabilities}`) & mayBindLowPorts) !== 0n) return 0
  const start = Number(facts.unprivilegedStart?.trim() || usualStart)
  // Below 2 nothing is left to refuse.
  return Number.isInteger(start) && start > 1 ? start : 0
}

/** The same for this process; its tasks inherit its rights. */
export const readLowestPort = (): number =>
  lowestPortOf({
    platform,
    userId: getuid?.(),
    unprivilegedStart: readOptional('/proc/sys/net/ipv4/ip_unprivileged_port_start'),
    ownStatus: readOptional('/proc/self/status'),
  })

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Not Linux, or no /proc: the rule for that case needs none of it.
    return undefined
  }
}

/** Where a task's port is really reached on this machine. */
export const reachedPort = (port: number, lowestPort: number): number =>
  port > 0 && port < lowestPort ? port + movedBy : port

/** What to tell about a container port that is moved. */
export const movedRemark = (port: number): string =>
  `port ${port} needs rights that this user does not have, so the task listens on ${port + movedBy}; tasks, health checks ` +
  `and the console find it there. To have ${port} itself: sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}`
