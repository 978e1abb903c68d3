import { DescribeVpcsCommand } from '@aws-sdk/client-ec2'
import { CreateClusterCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs'
import {
  CreateHttpNamespaceCommand,
  GetOperationCommand,
  ListNamespacesCommand,
} from '@aws-sdk/client-servicediscovery'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { breakCalls, mendCalls } from '../support/faults'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
let retrying: ECSClient
beforeAll(async () => {
  cloud = await startTestCloud({ faults: true })
  retrying = new ECSClient({
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
    maxAttempts: 3,
  })
})
afterAll(async () => {
  retrying.destroy()
  await cloud.stop()
})
afterEach(() => mendCalls(cloud.url))

const clusterNames = async () => {
  const { clusterArns = [] } = await cloud.ecs.send(new ListClustersCommand({}))
  return clusterArns.map((arn) => arn.split('/')[1])
}

describe('the fault switchboard', () => {
  it('cuts a connection before anything is done', async () => {
    await breakCalls(cloud.url, { operation: 'ecs:CreateCluster', kind: 'refuse-before' })
    await expect(cloud.ecs.send(new CreateClusterCommand({ clusterName: 'before' }))).rejects.toMatchObject({
      code: 'ECONNRESET',
    })
    expect(await clusterNames()).not.toContain('before')
    await cloud.ecs.send(new CreateClusterCommand({ clusterName: 'before' }))
    expect(await clusterNames()).toContain('before')
  })

  it('drops an answer after the work was done', async () => {
    await breakCalls(cloud.url, { operation: 'ecs:CreateCluster', kind: 'drop-answer' })
    await expect(cloud.ecs.send(new CreateClusterCommand({ clusterName: 'after' }))).rejects.toMatchObject({
      code: 'ECONNRESET',
    })
    expect(await clusterNames()).toContain('after')
  })

  it('throttles, which the SDK bears up to its attempts', async () => {
    await breakCalls(cloud.url, { operation: 'ecs:*', kind: 'throttle', times: 2 })
    expect((await retrying.send(new ListClustersCommand({}))).$metadata.attempts).toBe(3)
    await breakCalls(cloud.url, { operation: 'ecs:*', kind: 'throttle' })
    await expect(cloud.ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    })
  })

  it('denies in the words of each service', async () => {
    await breakCalls(cloud.url, { operation: '*', kind: 'deny', times: null })
    await expect(cloud.ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('is not authorized to perform: ecs:ListClusters on resource'),
    })
    await expect(cloud.cloudMap.send(new ListNamespacesCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('servicediscovery:ListNamespaces'),
    })
    await expect(cloud.ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    })
    await expect(cloud.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
  })

  it('answers any other error after some calls', async () => {
    await breakCalls(cloud.url, {
      operation: 'ecs:ListClusters',
      kind: 'error',
      code: 'ClusterNotFoundException',
      message: 'Gone fishing.',
      status: 400,
      skip: 1,
    })
    await cloud.ecs.send(new ListClustersCommand({}))
    await expect(cloud.ecs.send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
      message: 'Gone fishing.',
    })
    await cloud.ecs.send(new ListClustersCommand({}))
  })

  it('lets a Cloud Map operation fail, or hang until it is cleared', async () => {
    await breakCalls(cloud.url, {
      operation: 'servicediscovery:CreateHttpNamespace',
      kind: 'fail-operation',
      errorCode: 'CANNOT_CREATE_HOSTED_ZONE',
      errorMessage: 'No zone today.',
    })
    const failed = await cloud.cloudMap.send(new CreateHttpNamespaceCommand({ Name: 'failing' }))
    expect(await cloud.waitForOperation(failed.OperationId)).toMatchObject({
      Status: 'FAIL',
      ErrorCode: 'CANNOT_CREATE_HOSTED_ZONE',
      ErrorMessage: 'No zone today.',
    })

    const id = await breakCalls(cloud.url, { operation: 'servicediscovery:*', kind: 'hold-operation' })
    const held = await cloud.cloudMap.send(new CreateHttpNamespaceCommand({ Name: 'held' }))
    const { Operation } = await cloud.cloudMap.send(
      new GetOperationCommand({ OperationId: held.OperationId }),
    )
    expect(['SUBMITTED', 'PENDING']).toContain(Operation?.Status)
    await mendCalls(cloud.url, id)
    expect((await cloud.waitForOperation(held.OperationId)).Status).toBe('SUCCESS')
  })

  it('lists what it broke and forgets it with a reset', async () => {
    await breakCalls(cloud.url, { operation: 'ecs:ListClusters', kind: 'throttle' })
    await expect(cloud.ecs.send(new ListClustersCommand({}))).rejects.toThrow()
    const listed = await fetch(`${cloud.url}/_local/faults`)
    expect(await listed.json()).toMatchObject({
      faults: [{ operation: 'ecs:ListClusters', kind: 'throttle', seen: 1, hit: 1, times: 1, skip: 0 }],
    })
    await cloud.reset()
    expect(await (await fetch(`${cloud.url}/_local/faults`)).json()).toEqual({ faults: [] })
  })

  it.each([
    ['a web page', { origin: 'https://evil.example', 'content-type': 'application/json' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
    ['nobody in particular', {}, 415],
  ])('takes nothing from %s', async (_who, headers, status) => {
    const answer = await fetch(`${cloud.url}/_local/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ operation: '*', kind: 'deny', times: null }),
    })
    expect(answer.status).toBe(status)
    expect(await (await fetch(`${cloud.url}/_local/faults`)).json()).toEqual({ faults: [] })
  })

  it('says what is wrong with a fault, and which methods it has', async () => {
    const post = (body: string) =>
      fetch(`${cloud.url}/_local/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    const wrong = await post('{"operation":"ecs:*","kind":"explode"}')
    expect(wrong.status).toBe(400)
    expect(await wrong.text()).toContain('refuse-before')
    expect((await post('{')).status).toBe(400)
    expect((await post(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413)
    expect((await fetch(`${cloud.url}/_local/faults`, { method: 'PUT' })).status).toBe(405)
    expect((await fetch(`${cloud.url}/_local/faults/nope`, { method: 'DELETE' })).status).toBe(404)
    expect((await fetch(`${cloud.url}/_local/faults/nope`)).status).toBe(405)
  })

  it('is not there unless it was asked for', async () => {
    const plain = await startTestCloud()
    await expect(breakCalls(plain.url, { operation: '*', kind: 'deny' })).rejects.toThrow('--faults')
    await plain.stop()
  })
})
