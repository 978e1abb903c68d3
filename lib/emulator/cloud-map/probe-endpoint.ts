import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect } from 'node:net'
import type { Endpoint } from './endpoint-health'

/** Route 53 gives an endpoint 4 s to connect; here for the whole check. */
const timeoutMs = 4_000

/**
 * Looks at an endpoint once, as Route 53 does: TCP must connect, HTTP and HTTPS must answer 200 to 399; certificates are
 * not looked at and redirects not followed. False for everything else.
 */
export const probeEndpoint = (endpoint: Endpoint): Promise<boolean> =>
  endpoint.type === 'TCP' ? probeTcp(endpoint) : probeHttp(endpoint)

const probeTcp = ({ address, port }: Endpoint): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: timeoutMs })
    const end = (passed: boolean) => {
      socket.destroy()
      resolve(passed)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })

const probeHttp = ({ type, address, port, path }: Endpoint): Promise<boolean> =>
  new Promise((resolve) => {
    const send = type === 'HTTPS' ? requestHttps : requestHttp
    try {
      const request = send(
        {
          host: address,
          port,
          path,
          agent: false,
          rejectUnauthorized: false,
          signal: AbortSignal.timeout(timeoutMs),
        },
        ({ statusCode = 0 }) => {
          resolve(statusCode >= 200 && statusCode < 400)
          request.destroy()
        },
      )
      request.on('error', () => resolve(false))
      request.end()
    } catch {
      // A path that HTTP cannot carry: no endpoint answers to it.
      resolve(false)
    }
  })
