import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { HttpCheck } from './http-check-flags'
import { reachedPort } from './low-ports'
import type { TaskConnect } from './runtime'

const maxRedirects = 5

/** Whom a check asks, and the lowest port that tasks may have here. */
export type CheckedTask = {
  readonly address: string
  readonly lowestPort: number
  /** As in `TaskConnect`: a check inside the task goes past its proxy. */
  readonly connect?: Pick<TaskConnect, 'innerAddress' | 'proxiedPorts'> | undefined
}

/** Where a port of the task is reached from within. */
export const innerPlaceOf = (
  { address, connect }: Pick<CheckedTask, 'address' | 'connect'>,
  port: number,
): string => (connect?.proxiedPorts.includes(port) ? connect.innerAddress : address)

const portOf = ({ port, protocol }: URL): number =>
  port !== '' ? Number(port) : protocol === 'https:' ? 443 : 80

const onePass = (
  check: HttpCheck,
  url: URL,
  task: CheckedTask,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly location?: string }> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(
      {
        // Pinned: whatever the URL calls it, the check goes to the task and to nobody else.
        host: innerPlaceOf(task, portOf(url)),
        port: reachedPort(portOf(url), task.lowestPort),
        path: `${url.pathname}${url.search}`,
        method: check.method,
        headers: { host: url.host, 'user-agent': 'switchboard-health-check', ...check.headers },
        rejectUnauthorized: check.verifyCertificate,
        agent: false,
        signal,
      },
      (response) => {
        const { location } = response.headers
        response.resume()
        response.on('error', reject)
        // curl and wget are done when the body is, so an endless one fails by the timeout.
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, ...(location ? { location } : {}) }),
        )
      },
    )
    request.on('error', reject)
    request.end()
  })

/** Makes the request at the task's address. False for a refused connection, a timeout, or an answer it does not accept. */
export async function readHttpCheck(
  check: HttpCheck,
  task: CheckedTask,
  timeoutMs: number,
): Promise<boolean> {
  const signal = AbortSignal.timeout(Math.max(1, Math.min(timeoutMs, check.timeoutMs ?? timeoutMs)))
  let url = new URL(check.url)
  try {
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const { status, location } = await onePass(check, url, task, signal)
      const isRedirect = status >= 300 && status < 400 && location !== undefined
      if (!isRedirect || !check.followRedirects) return status > 0 && status < check.okBelowStatus
      if (!URL.canParse(location, url)) return false
      const next = new URL(location, url)
      // A redirect to somebody else says nothing about this container.
      if (next.hostname !== url.hostname && next.hostname !== task.address) return false
      url = next
    }
    return false
  } catch {
    // Every way to fail means the same to a health check: it did not pass.
    return false
  }
}
