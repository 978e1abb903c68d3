import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  type TaskDefinition as RawTaskDefinition,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { taskDefinitionFromEcs } from '@/lib/inventory/from-ecs'
import { list, textOrNull } from '@/lib/inventory/loose'
import { sendOnce } from './no-resend'
import { answered, commandRunner, errorName, foundBy, notThere, type PlanClients } from './runner'
import { isWithin } from './same-content'

/** Lost answers of one step; more new revisions than these are other people's. */
const MOST_REVISIONS = 20

const isGone = (error: unknown): boolean =>
  errorName(error) === 'ClientException' &&
  error instanceof Error &&
  /unable to describe|not found|does not exist/i.test(error.message)

/** A revision by ARN or `family:revision`, or the newest of a family; null when there is none. Throws the SDK's error. */
async function readRaw(clients: PlanClients, name: string): Promise<RawTaskDefinition | null> {
  try {
    const answer = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }))
    return answer.taskDefinition ?? null
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

/** The newest ACTIVE revision of a family; 0 when it has none (DescribeTaskDefinition by family, ECS API reference). */
export async function readLatestRevision(clients: PlanClients, family: string): Promise<number> {
  const raw = await readRaw(clients, family)
  return raw ? (taskDefinitionFromEcs(raw)?.revision ?? 0) : 0
}

/** Registered again it would be a second revision: AWS knows no token here, so the newest revision before is remembered. */
export const registerTaskDefinition = commandRunner('ecs:RegisterTaskDefinition', {
  lookBefore: async (clients, input) => ({
    latestRevision: await readLatestRevision(clients, input.family ?? ''),
  }),
  async send(clients, input) {
    const command = new RegisterTaskDefinitionCommand(input)
    sendOnce(command)
    const answer = await clients.ecs.send(command)
    const taskDefinitionArn = answer.taskDefinition?.taskDefinitionArn
    return answered(answer, { outputs: taskDefinitionArn ? { taskDefinitionArn } : {} })
  },
  async recognise(clients, input, { before }) {
    const known = typeof before?.latestRevision === 'number' ? before.latestRevision : 0
    const latest = await readLatestRevision(clients, input.family ?? '')
    const { tags: _tags, ...content } = input
    const first = Math.max(known + 1, latest - MOST_REVISIONS)
    for (let revision = first; revision <= latest; revision += 1) {
      const raw = await readRaw(clients, `${input.family}:${revision}`)
      if (raw?.status === 'ACTIVE' && raw.taskDefinitionArn && isWithin(content, raw))
        return foundBy({ outputs: { taskDefinitionArn: raw.taskDefinitionArn } })
    }
    return notThere
  },
})

/** Deregistering an INACTIVE revision again changes nothing. */
export const deregisterTaskDefinition = commandRunner('ecs:DeregisterTaskDefinition', {
  lookBefore: null,
  async send(clients, input) {
    try {
      return answered(await clients.ecs.send(new DeregisterTaskDefinitionCommand(input)))
    } catch (error) {
      const raw =
        errorName(error) === 'ClientException'
          ? await readRaw(clients, input.taskDefinition ?? '')
          : undefined
      if (raw === null || (raw && raw.status !== 'ACTIVE')) return answered({ $metadata: {} })
      throw error
    }
  },
  async recognise(clients, input) {
    const raw = await readRaw(clients, input.taskDefinition ?? '')
    return raw?.status === 'ACTIVE' ? notThere : foundBy()
  },
})

async function remaining(clients: PlanClients, names: readonly string[]): Promise<readonly string[]> {
  const left: string[] = []
  for (const name of names) {
    const raw = await readRaw(clients, name)
    if (raw && raw.status !== 'DELETE_IN_PROGRESS') left.push(name)
  }
  return left
}

/** A revision that could not be deleted: DeleteTaskDefinitions answers 200 and names it among its failures. */
class NotDeleted extends Error {
  override readonly name = 'TaskDefinitionNotDeleted'
}

export const deleteTaskDefinitions = commandRunner('ecs:DeleteTaskDefinitions', {
  lookBefore: null,
  async send(clients, input) {
    const names = input.taskDefinitions ?? []
    const answer = await clients.ecs.send(new DeleteTaskDefinitionsCommand(input))
    const failures = list(answer.failures)
    if (failures.length > 0 && (await remaining(clients, names)).length > 0) {
      const [first] = failures
      throw new NotDeleted(textOrNull(first?.detail) ?? textOrNull(first?.reason) ?? 'ECS did not say why.')
    }
    return answered(answer)
  },
  recognise: async (clients, input) =>
    (await remaining(clients, input.taskDefinitions ?? [])).length > 0 ? notThere : foundBy(),
})
