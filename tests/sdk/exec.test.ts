import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeTasksCommand,
  ExecuteCommandCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import {
  CreateServiceCommand as CreateDiscoveryCommand,
  CreatePrivateDnsNamespaceCommand,
} from '@aws-sdk/client-servicediscovery'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ExecPlace, runScript } from '@/lib/exec/run-script'
import { startTestCloud, type TestCloud } from '../support/local-cloud'

let cloud: TestCloud
const places = new Map<string, ExecPlace>()

const taskOf = async (service: string) => {
  const { taskArns } = await cloud.ecs.send(new ListTasksCommand({ cluster: 'demo', serviceName: service }))
  const { tasks } = await cloud.ecs.send(new DescribeTasksCommand({ cluster: 'demo', tasks: taskArns ?? [] }))
  return tasks?.find(({ lastStatus }) => lastStatus === 'RUNNING')
}

const limits = { deadlineMs: 15_000, maxOutputBytes: 256 * 1024 }
const run = async (service: string, script: string) => {
  const place = places.get(service)
  if (!place) throw new Error(`No task of ${service}`)
  const { output, exitCode } = await runScript(
    place,
    script,
    { ecs: cloud.ecs, target: { kind: 'local', endpointUrl: cloud.url }, now: () => performance.now() },
    limits,
    new AbortController().signal,
  )
  return { output: output.toString(), exitCode }
}

beforeAll(async () => {
  cloud = await startTestCloud({ runtime: 'process' })
  await cloud.ecs.send(new CreateClusterCommand({ clusterName: 'demo' }))
  const { OperationId } = await cloud.cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: 'demo.local', Vpc: 'vpc-1' }),
  )
  const namespace = (await cloud.waitForOperation(OperationId)).Targets?.NAMESPACE
  const discovery = await cloud.cloudMap.send(
    new CreateDiscoveryCommand({
      Name: 'backend',
      NamespaceId: namespace,
      DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] },
    }),
  )
  for (const [service, image, exec] of [
    ['backend', 'backend-api', false],
    ['frontend', 'frontend-web', true],
  ] as const) {
    await cloud.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: service,
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [
          {
            name: 'app',
            image,
            portMappings: [{ containerPort: 8080 }],
            environment: [{ name: 'COLOUR', value: 'teal' }],
          },
        ],
      }),
    )
    await cloud.ecs.send(
      new CreateServiceCommand({
        cluster: 'demo',
        serviceName: service,
        taskDefinition: service,
        desiredCount: 1,
        launchType: 'FARGATE',
        enableExecuteCommand: exec,
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
        ...(service === 'backend' && { serviceRegistries: [{ registryArn: discovery.Service?.Arn }] }),
      }),
    )
  }
  for (const service of ['backend', 'frontend']) {
    const task = await vi.waitUntil(() => taskOf(service), { timeout: 20_000, interval: 50 })
    places.set(service, { clusterName: 'demo', taskArn: task.taskArn ?? '', container: 'app' })
  }
})
afterAll(() => cloud.stop())

describe('a command in a task', () => {
  it('calls another service by its name with curl, and sees who answered', async () => {
    const { output, exitCode } = await run(
      'frontend',
      `curl -s -w '\\n%{http_code} %{remote_ip} %{remote_port}' http://backend.demo.local:8080/api/data`,
    )
    expect(exitCode).toBe(0)
    const backend = await taskOf('backend')
    const address = backend?.attachments?.[0]?.details?.find(
      ({ name }) => name === 'privateIPv4Address',
    )?.value
    expect(output.trim().split('\n').at(-1)).toBe(`200 ${address} 8080`)
    expect(output).toContain(`ip-${address?.replaceAll('.', '-')}`)
  })

  it('has the environment and the name of its container', async () => {
    const { output } = await run('frontend', 'echo "$COLOUR"; hostname; hostname -i')
    const [colour, name, address] = output.trim().split('\n')
    expect(colour).toBe('teal')
    expect(name).toBe(`ip-${address?.replaceAll('.', '-')}`)
  })

  it('starts in a folder of its own task, where its files stay until the task ends', async () => {
    const { output } = await run('frontend', 'touch note; pwd')
    expect(output.trim()).toMatch(/\/task-[0-9a-f]{8}-\w+$/)
    expect((await run('frontend', 'pwd; ls')).output.trim().split(/\s+/)).toEqual([output.trim(), 'note'])
  })

  it('gives back an exit code and errors', async () => {
    expect((await run('frontend', 'exit 7')).exitCode).toBe(7)
    const gone = await run('frontend', 'curl -sS http://nobody.demo.local/')
    expect(gone).toMatchObject({ exitCode: 6, output: expect.stringContaining('Could not resolve host') })
  })

  it('is refused in a task that was run without it, in the words of AWS', async () => {
    await expect(run('backend', 'true')).rejects.toMatchObject({
      problem: 'not-enabled',
      message: expect.stringContaining('execute command was not enabled when the task was run'),
    })
    await expect(
      cloud.ecs.send(
        new ExecuteCommandCommand({ cluster: 'demo', task: 'nobody', command: 'sh', interactive: true }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })
})
