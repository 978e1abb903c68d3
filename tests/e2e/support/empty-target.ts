import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery'
import { startCloud, startConsole } from '../../support/stack.mjs'

/** A local cloud in which nothing was made, and the built console that looks at it. */
export type EmptyTarget = {
  readonly cloudUrl: string
  readonly consoleUrl: string
  readonly ecs: ECSClient
  readonly cloudMap: ServiceDiscoveryClient
  readonly stop: () => Promise<void>
}

export async function startEmptyTarget(
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<EmptyTarget> {
  const stateDir = await mkdtemp(join(tmpdir(), 'switchboard-e2e-'))
  const cloud = await startCloud(['--ephemeral', ...flags])
  const console = await startConsole(cloud.url, { SWITCHBOARD_STATE_DIR: stateDir, ...env })
  const settings = {
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
  }
  const ecs = new ECSClient(settings)
  const cloudMap = new ServiceDiscoveryClient({ ...settings, disableHostPrefix: true })
  return {
    cloudUrl: cloud.url,
    consoleUrl: console.url,
    ecs,
    cloudMap,
    async stop() {
      ecs.destroy()
      cloudMap.destroy()
      await console.stop()
      await cloud.stop()
      await rm(stateDir, { recursive: true, force: true })
    },
  }
}
