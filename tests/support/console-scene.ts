import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureExampleStack } from '@/lib/launch/example-stack.mjs'
import { type FaultyEndpoint, startFaultyEndpoint } from './faulty-endpoint'
import { startTestCloud, type TestCloud } from './local-cloud'
import { rawRequest } from './raw-request'
import { startConsole } from './stack.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Where the build under test lies. */
export const distDir = join(root, process.env.SWITCHBOARD_DIST_DIR ?? '.next')

export const TOKEN = 'the-token-of-this-test-run'

export type ConsoleScene = {
  readonly cloud: TestCloud
  /** What the console takes for its local cloud; counts every call. */
  readonly endpoint: FaultyEndpoint
  readonly port: number
  readonly host: string
  readonly origin: string
  /** A session cookie of this console, as `name=value`. */
  readonly cookie: string
  stop(): Promise<void>
}

/** The built console in front of a local cloud with the example stack. */
export async function startConsoleScene(env: Record<string, string> = {}): Promise<ConsoleScene> {
  const cloud = await startTestCloud()
  await ensureExampleStack({ endpoint: cloud.url, region: 'us-east-1', say: () => undefined })
  const endpoint = await startFaultyEndpoint(cloud.url)
  const { port, stop } = await startConsole(endpoint.url, { SWITCHBOARD_TOKEN: TOKEN, ...env })
  const host = `localhost:${port}`
  const entered = await rawRequest(port, { target: `/?token=${TOKEN}`, headers: [['Host', host]] })
  const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';')
  if (!cookie) throw new Error(`The token was answered with ${entered.status} and no session.`)
  return {
    cloud,
    endpoint,
    port,
    host,
    origin: `http://${host}`,
    cookie,
    async stop() {
      await stop()
      await endpoint.stop()
      await cloud.stop()
    },
  }
}

export type Action = { readonly id: string; readonly name: string; readonly file: string }

/** Every server action that the build can be asked for. */
export function actionsOfBuild(): readonly Action[] {
  const manifest: unknown = JSON.parse(
    readFileSync(join(distDir, 'server/server-reference-manifest.json'), 'utf8'),
  )
  const actions: Action[] = []
  for (const runtime of ['node', 'edge']) {
    const entries: unknown = Reflect.get(Object(manifest), runtime)
    for (const [id, entry] of Object.entries(Object(entries)))
      actions.push({
        id,
        name: String(Reflect.get(Object(entry), 'exportedName')),
        file: String(Reflect.get(Object(entry), 'filename')),
      })
  }
  return actions
}

const NO_TASK = '00000000000000000000000000000000'
const CLUSTER = 'arn:aws:ecs:us-east-1:000000000000:cluster/default'
const NO_RUN = 'no-such-run'

type Asked = {
  /** Made anew for every call: one intent runs once, and a second one would be refused for that alone. */
  readonly input: () => Record<string, unknown>
  /** The code that nobody but the action itself answers with, once it runs. */
  readonly answer: string
}

const intent = () => ({ intentId: randomUUID(), seen: [], confirm: null })

/** For every action an input that its schema takes, so that a refusal cannot be mistaken for a bad input. */
export const asked: Readonly<Record<string, Asked>> = {
  startChange: {
    input: () => ({
      kind: 'stop-task',
      input: {
        clusterArn: CLUSTER,
        taskArn: `arn:aws:ecs:us-east-1:000000000000:task/default/${NO_TASK}`,
        reason: '',
      },
      ...intent(),
    }),
    answer: 'TaskGone',
  },
  startImported: { input: () => ({ text: '{}', ...intent() }), answer: 'InvalidPlan' },
  retryRun: { input: () => ({ runId: NO_RUN }), answer: 'NoSuchRun' },
  undoRun: { input: () => ({ runId: NO_RUN, goOver: false }), answer: 'NoSuchRun' },
}

/** Whether an answer says that the action ran. */
export const saysItRan = (action: Action, body: string): boolean =>
  body.includes(`"code":"${asked[action.name]?.answer}"`)

/** The headers and body with which the browser calls an action. */
export function actionCall(action: Action) {
  return {
    method: 'POST',
    target: '/',
    headers: [
      ['Next-Action', action.id],
      ['Content-Type', 'text/plain;charset=UTF-8'],
      ['Accept', 'text/x-component'],
    ] as const,
    body: JSON.stringify([asked[action.name]?.input() ?? null]),
  }
}

/** Files that a browser may load, below `/_next/static/`. */
export function staticFiles(): readonly string[] {
  return readdirSync(join(distDir, 'static'), { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(distDir, 'static').length + 1))
}
