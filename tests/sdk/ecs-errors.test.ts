import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goodService, goodTaskDefinition } from '../support/emulator-context'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud

beforeAll(async () => {
  cloud = await startTestCloud()
  await cloud.ecs.send(new CreateClusterCommand({}))
  await cloud.ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
})
afterAll(() => cloud.stop())

/** A request as any program may send it, not only the SDK. */
async function send(
  operation: string,
  body: string,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const response = await fetch(cloud.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=00',
    },
    body,
  })
  const answer: Record<string, unknown> = await response.json()
  return { status: response.status, answer }
}

describe('a bad request is answered with the code of AWS, and names what is wrong', () => {
  it.each<[operation: string, body: string, code: string, message: RegExp]>([
    ['CreateService', '{', 'SerializationException', /./],
    ['CreateService', '[]', 'SerializationException', /./],
    ['CreateService', '{}', 'InvalidParameterException', /serviceName/],
    ['CreateService', '{"serviceName":5}', 'SerializationException', /serviceName/],
    ['CreateService', '{"serviceName":"a","desiredCount":"2"}', 'SerializationException', /desiredCount/],
    ['CreateService', '{"serviceName":"a","launchType":"MOON"}', 'InvalidParameterException', /launchType/],
    ['DescribeServices', '{}', 'InvalidParameterException', /services/],
    ['DescribeServices', '{"services":"web"}', 'SerializationException', /services/],
    ['DescribeTasks', '{"tasks":[]}', 'InvalidParameterException', /Tasks cannot be empty/],
    ['RunTask', '{}', 'InvalidParameterException', /taskDefinition/],
    ['StopTask', '{}', 'InvalidParameterException', /task/],
    ['RegisterTaskDefinition', '{"family":"a"}', 'InvalidParameterException', /containerDefinitions/],
    ['TagResource', '{"resourceArn":"x","tags":[{"key":{}}]}', 'SerializationException', /key/],
    ['ListTasks', '{"maxResults":1000}', 'InvalidParameterException', /maxResults/],
    ['ListServices', '{"nextToken":"bm9uc2Vuc2U"}', 'InvalidParameterException', /token/],
  ])('%s %s', async (operation, body, code, message) => {
    const { status, answer } = await send(operation, body)
    expect(status).toBe(400)
    expect(answer.__type).toBe(code)
    expect(String(answer.message)).toMatch(message)
  })

  it('leaves everything as it was', async () => {
    expect((await send('ListServices', '{}')).answer).toEqual({ serviceArns: [] })
    expect((await send('ListTaskDefinitionFamilies', '{}')).answer).toEqual({ families: ['backend'] })
  })
})

describe('a strict local cloud', () => {
  it('refuses what AWS refuses', async () => {
    const strict = await startTestCloud({ strict: true })
    try {
      await strict.ecs.send(new CreateClusterCommand({}))
      await strict.ecs.send(new RegisterTaskDefinitionCommand(goodTaskDefinition()))
      await expect(
        strict.ecs.send(new CreateServiceCommand(goodService({ networkConfiguration: undefined }))),
      ).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      })
      await expect(strict.ecs.send(new RunTaskCommand({ taskDefinition: 'backend' }))).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
    } finally {
      await strict.stop()
    }
  })
})

it('is spoken to by any client, whatever its retries', async () => {
  const client = new ECSClient({
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' },
  })
  try {
    await expect(
      client.send(new CreateServiceCommand(goodService({ taskDefinition: 'none' }))),
    ).rejects.toMatchObject({ name: 'ClientException', $metadata: { attempts: 1 } })
  } finally {
    client.destroy()
  }
})
