import {
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
  type Task,
} from '@aws-sdk/client-ecs'
import { list, textOrNull, texts } from '@/lib/inventory/loose'
import { answered, commandRunner, errorName, foundBy, notThere, type PlanClients, unlessGone } from './runner'

/** RunTask answered 200 and started nothing: its `failures` say why (ECS API reference, RunTask). */
class TaskNotStarted extends Error {
  override readonly name = 'TaskNotStarted'
}

/** One task as ECS shows it; null when it does not know it. Throws the SDK's error. */
export async function readRawTask(
  clients: PlanClients,
  cluster: string | undefined,
  task: string,
): Promise<Task | null> {
  const answer = await unlessGone(['ClusterNotFoundException'], () =>
    clients.ecs.send(new DescribeTasksCommand({ cluster, tasks: [task] })),
  )
  return list(answer?.tasks)[0] ?? null
}

/** So that its tasks can be found again: ListTasks filters by it. A plan may name its own. */
const startedByOf = (input: RunTaskCommandInput, token: string): string => input.startedBy ?? token

async function tasksStartedBy(
  clients: PlanClients,
  cluster: string | undefined,
  startedBy: string,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const desiredStatus of ['RUNNING', 'STOPPED'] as const) {
    const answer = await clients.ecs.send(new ListTasksCommand({ cluster, startedBy, desiredStatus }))
    found.push(...texts(answer.taskArns))
  }
  return found
}

/** ECS gives the same tasks for the same `clientToken` (ECS API reference, "Idempotency"). */
export const runTask = commandRunner('ecs:RunTask', {
  lookBefore: null,
  async send(clients, input, { token }) {
    const answer = await clients.ecs.send(
      new RunTaskCommand({ ...input, clientToken: token, startedBy: startedByOf(input, token) }),
    )
    const [taskArn] = list(answer.tasks).flatMap((task) => textOrNull(task.taskArn) ?? [])
    if (taskArn === undefined) {
      const [failure] = list(answer.failures)
      const why = [textOrNull(failure?.reason), textOrNull(failure?.detail)].filter((part) => part !== null)
      throw new TaskNotStarted(why.join(': ') || 'ECS did not say why.')
    }
    return answered(answer, { outputs: { taskArn } })
  },
  async recognise(clients, input, { token }) {
    // A name of the plan's own may be an older run's too; the token is this step's alone.
    if (input.startedBy !== undefined) return notThere
    const [taskArn] = await tasksStartedBy(clients, input.cluster, startedByOf(input, token))
    return taskArn === undefined ? notThere : foundBy({ outputs: { taskArn } })
  },
})

const isMissing = (error: unknown): boolean =>
  errorName(error) === 'ClusterNotFoundException' ||
  (errorName(error) === 'InvalidParameterException' &&
    error instanceof Error &&
    /task was not found/i.test(error.message))

/** A task that is gone or stopping is what was wanted. */
export const stopTask = commandRunner('ecs:StopTask', {
  lookBefore: null,
  async send(clients, input) {
    try {
      return answered(await clients.ecs.send(new StopTaskCommand(input)))
    } catch (error) {
      if (isMissing(error)) return answered({ $metadata: {} })
      throw error
    }
  },
  async recognise(clients, input) {
    const task = await readRawTask(clients, input.cluster, input.task ?? '')
    return task && task.desiredStatus !== 'STOPPED' ? notThere : foundBy()
  },
})
