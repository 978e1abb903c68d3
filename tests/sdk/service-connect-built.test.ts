import { CreateClusterCommand } from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BuiltCloud, buildCloud } from '../support/built-cloud'
import { callerProgram, makeConnectScene, patiently, userProgram } from '../support/connect-scene'
import { makeClients, waitForOperation } from '../support/local-cloud'
import { stillRunning, treeOf } from '../support/process-tree'

let built: BuiltCloud
beforeAll(async () => {
  built = await buildCloud()
}, 60_000)
afterAll(() => built.remove())

const started = async () => {
  const cloud = await built.start('--ephemeral')
  const clients = makeClients(cloud.url, '000000000000', 'us-east-1')
  const scene = makeConnectScene({
    ...clients,
    waitForOperation: (operationId) => waitForOperation(clients.cloudMap, operationId),
  })
  await clients.ecs.send(new CreateClusterCommand({}))
  await scene.namespace('shop')
  await scene.define('user', userProgram, { containerPort: 3000, name: 'http', appProtocol: 'http' })
  await scene.define('caller', callerProgram, { containerPort: 8080 })
  await scene.create('user', {
    enabled: true,
    namespace: 'shop',
    services: [{ portName: 'http', clientAliases: [{ port: 80, dnsName: 'user-svc' }] }],
  })
  await scene.create('caller', { enabled: true, namespace: 'shop' })
  const caller = await scene.calling('caller')
  await expect.poll(async () => (await scene.call(caller, 'http://user-svc/')).status, patiently).toBe(200)
  return cloud
}

it('the program that is delivered carries traffic, and kill -9 leaves neither proxy nor task', async () => {
  const cloud = await started()
  const tree = treeOf(cloud.pid)
  expect(tree.some(({ args }) => args.some((arg) => arg.endsWith('/data-plane.mjs')))).toBe(true)
  await cloud.kill()
  await expect.poll(() => stillRunning(tree), patiently).toEqual([])
}, 60_000)

it('and so does an ordinary end', async () => {
  const cloud = await started()
  const tree = treeOf(cloud.pid)
  expect(await cloud.stop()).toBe(0)
  await expect.poll(() => stillRunning(tree), patiently).toEqual([])
}, 60_000)
