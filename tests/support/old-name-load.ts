import { Resolver } from 'node:dns/promises'
import { get } from 'node:http'
import type { TestCloud } from './local-cloud'

export type LoadResult = { readonly calls: number; readonly wrong: readonly string[] }

type Answer = { readonly status: number } | { readonly failed: string }

function ask(url: string): Promise<Answer> {
  return new Promise((resolve) => {
    get(url, { agent: false, timeout: 10_000 }, (response) => {
      response
        .resume()
        .on('end', () => resolve({ status: response.statusCode ?? 0 }))
        .on('error', (error) => resolve({ failed: error.message }))
    }).on('error', (error) => resolve({ failed: error.message }))
  })
}

const CALLS_PER_SECOND = 50

/**
 * Calls a backend by its old name 50 times a second until `end`: every second time straight, resolving the name for each call as a client
 * without a cache does; else by way of a frontend, whose task calls it. That a frontend which is replaced refuses is not the backend's
 * name's fault: then another one is asked.
 */
export function startOldNameLoad(
  cloud: TestCloud,
  names: {
    readonly backend: string
    readonly backendPort: number
    readonly frontend: string
    readonly frontendPort: number
    /** false: all calls go by the frontend. */
    readonly isStraightToo: boolean
  },
) {
  const resolver = new Resolver()
  resolver.setServers([`${cloud.dns.host}:${cloud.dns.port}`])
  const wrong: string[] = []
  const open = new Set<Promise<void>>()
  let calls = 0
  const addressOf = async (name: string) => (await resolver.resolve4(name))[0] ?? ''

  async function straight(): Promise<void> {
    const answer = await ask(`http://${await addressOf(names.backend)}:${names.backendPort}/api/data`)
    if (!('status' in answer) || answer.status !== 200) wrong.push(`straight: ${JSON.stringify(answer)}`)
  }
  async function byFrontend(left = 20): Promise<void> {
    const answer = await ask(`http://${await addressOf(names.frontend)}:${names.frontendPort}/call-backend`)
    if ('failed' in answer && left > 0) return byFrontend(left - 1)
    if (!('status' in answer) || answer.status !== 200) wrong.push(`by frontend: ${JSON.stringify(answer)}`)
  }
  const startedAtMs = Date.now()
  const timer = setInterval(() => {
    const due = ((Date.now() - startedAtMs) / 1_000) * CALLS_PER_SECOND
    while (calls < due) {
      calls += 1
      const call = (names.isStraightToo && calls % 2 === 0 ? straight() : byFrontend()).catch(
        (error: unknown) => {
          wrong.push(String(error))
        },
      )
      open.add(call)
      void call.then(() => open.delete(call))
    }
  }, 10)
  return {
    calls: () => calls,
    async end(): Promise<LoadResult> {
      clearInterval(timer)
      await Promise.all(open)
      return { calls, wrong }
    },
  }
}
