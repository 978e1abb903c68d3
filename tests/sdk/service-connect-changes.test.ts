import { readFileSync } from 'node:fs'
import { CreateClusterCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callerProgram, makeConnectScene, patiently, userProgram } from '../support/connect-scene'
import { startTestCloud, type TestCloud } from '../support/local-cloud'
import { treeOf } from '../support/process-tree'

let cloud: TestCloud
let scene: ReturnType<typeof makeConnectScene>

const serving = (name: string) => ({
  enabled: true,
  namespace: 'shop',
  services: [{ portName: 'http', discoveryName: name, clientAliases: [{ port: 80, dnsName: name }] }],
})
beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  scene = makeConnectScene(cloud)
  await cloud.ecs.send(new CreateClusterCommand({}))
  await scene.namespace('shop')
  await scene.define('user', userProgram, { containerPort: 3000, name: 'http', appProtocol: 'http' })
  await scene.define('caller', callerProgram, { containerPort: 8080 })
  await scene.create('caller', { enabled: true, namespace: 'shop' })
}, 30_000)
afterAll(() => cloud.stop())

const isOfTask = (pid: number, taskId: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`/${taskId}`)
  } catch {
    // It ended while we looked.
    return false
  }
}

/** Waits until another task than the one at this address runs. */
const replaced = async (service: string, before: string): Promise<string> => {
  await expect
    .poll(async () => (await scene.addressOf(service).catch(() => before)) !== before, patiently)
    .toBe(true)
  return scene.calling(service)
}

describe('names', () => {
  it('are those that existed when the deployment was made, also for a task that replaces another', async () => {
    const first = await scene.calling('caller')
    expect(await scene.call(first, 'http://late/')).toEqual({ error: 'ENOTFOUND' })

    await scene.create('late', serving('late'), { taskDefinition: 'user' })
    await scene.settled('late')
    expect(await scene.call(first, 'http://late/')).toEqual({ error: 'ENOTFOUND' })

    await scene.stopTask('caller', 'replace it')
    const second = await replaced('caller', first)
    expect(await scene.call(second, 'http://late/')).toEqual({ error: 'ENOTFOUND' })

    await scene.update('caller', { forceNewDeployment: true })
    const third = await scene.calling('caller')
    expect(await scene.call(third, 'http://late/')).toMatchObject({ status: 200 })
    await scene.remove('late')
  })

  it('lead to 503 while nobody is behind them, and to an answer as soon as somebody is', async () => {
    await scene.create('sleeper', serving('sleeper'), { taskDefinition: 'user', desiredCount: 0 })
    await scene.update('caller', { forceNewDeployment: true })
    const caller = await scene.calling('caller')
    expect(await scene.call(caller, 'http://sleeper/')).toMatchObject({ status: 503 })
    await scene.update('sleeper', { desiredCount: 1 })
    await expect.poll(async () => (await scene.call(caller, 'http://sleeper/')).status, patiently).toBe(200)
    await scene.update('sleeper', { desiredCount: 0 })
    await expect.poll(async () => (await scene.call(caller, 'http://sleeper/')).status, patiently).toBe(503)
    expect(await scene.addressOf('caller')).toBe(caller)
    await scene.remove('sleeper')
  })
})

describe('under 200 calls a second', () => {
  beforeAll(async () => {
    await scene.create('steady', serving('steady'), { taskDefinition: 'user', desiredCount: 3 })
    await scene.settled('steady')
    await scene.update('caller', { forceNewDeployment: true })
    await scene.calling('caller')
  }, 60_000)

  it('no call is lost while all tasks are replaced', async () => {
    const caller = await scene.addressOf('caller')
    const before = (await scene.tasksOf('steady')).map(({ taskArn }) => taskArn)
    await scene.startLoad(caller, 'http://steady/slow?ms=30')
    await expect.poll(() => scene.callsOf(caller), patiently).toBeGreaterThan(100)
    await scene.update('steady', { forceNewDeployment: true })
    await scene.settled('steady')
    const during = await scene.callsOf(caller)
    await expect.poll(() => scene.callsOf(caller), patiently).toBeGreaterThan(during + 100)
    const load = await scene.endLoad(caller)
    const after = (await scene.tasksOf('steady')).map(({ taskArn }) => taskArn)
    expect(after.filter((arn) => before.includes(arn))).toEqual([])
    expect(load.wrong).toEqual({})
  })

  it('less than one in a thousand fails when one of three tasks is killed with -9', async () => {
    const caller = await scene.addressOf('caller')
    const before = await scene.tasksOf('steady')
    const [victim] = before
    const id = victim?.taskArn?.split('/').at(-1) ?? ''
    await scene.startLoad(caller, 'http://steady/slow?ms=5')
    const found = treeOf(process.pid).find(({ pid }) => isOfTask(pid, id))
    expect(found, 'the process of the task').toBeDefined()
    process.kill(found?.pid ?? 0, 'SIGKILL')
    await expect
      .poll(async () => {
        const tasks = await scene.tasksOf('steady')
        const running = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING')
        return running.length === 3 && !running.some(({ taskArn }) => taskArn === victim?.taskArn)
      }, patiently)
      .toBe(true)
    // Enough calls after it for one in a thousand to mean something.
    await expect.poll(() => scene.callsOf(caller), patiently).toBeGreaterThan(2_000)
    const load = await scene.endLoad(caller)
    const wrong = Object.values(load.wrong).reduce((sum, count) => sum + count, 0)
    expect(wrong / load.calls, JSON.stringify(load)).toBeLessThan(0.001)
  })
})
